#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# One board's attacks: on the kernel that ships all of them are contained; on a kernel with one
# defence off at a time each succeeds. Prints 24 lines and `24 of 24 as stated`.
#
# usage: run.sh (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/attack/swap.sh
: "${build_log:=}"

built=$OUT/$BOARD/attack
linked=$TEST_DIR/control

# Compiles what stands in control/ in place of the kernel's files of the same names, and links.
link_control() {
	mkdir -p "$linked"
	make -s BOARD="$BOARD" DEPLOYMENT=tests/attack print-target.cc print-cross \
		print-kernel.out print-kernel.sha256 print-kernel.cflags print-kernel.includes \
		print-kernel.ldflags print-kernel.objects >"$linked/build"
	{
		read -r compiler
		read -r cross
		read -r folder
		read -r digest
		read -r flags
		read -r includes
		read -r link_flags
		read -r objects
	} <"$linked/build"
	objects=" $objects "
	for source in tests/attack/control/*.c; do
		name=$(basename "$source" .c)
		# Flags are words.
		# shellcheck disable=SC2086
		$compiler $flags $includes -Itests/attack/control -w -c "$source" \
			-o "$linked/$name.o" || fail "$source does not compile"
		objects=$(echo "$objects" | sed "s| [^ ]*/kernel/kernel/$name\.o | $linked/$name.o |")
	done
	# shellcheck disable=SC2086
	$compiler $link_flags -T "$folder/kernel.ld" $objects $digest -lgcc -o "$linked/kernel.elf" ||
		fail 'the control does not link'
	"${cross}objcopy" -O binary "$linked/kernel.elf" "$linked/kernel.bin"
	"$OUT/host/mkimage" image -o "$linked/image.bin" --kernel "$linked/kernel.bin" \
		--kernel-elf "$linked/kernel.elf" --policy "$built/policy.blob" \
		--system "$built/system.blob" --archive "$built/archive.bin" \
		--init "$built/programs/init/init.elf" || fail 'the control cannot be packed'
}

# Boots $1 and leaves what the judge says in $2.
judge() {
	ICOUNT=1 boot_start "$1"
	boot_expect 'judged: [0-9]+ failed' 100
	boot_wait=0
	while kill -0 "$boot_pid" 2>/dev/null && [ "$boot_wait" -lt 200 ]; do
		sleep 0.05
		boot_wait=$((boot_wait + 1))
	done
	boot_stop
	tr -d '\r\000' <"$boot_console" >"$2"
	! grep -a '^FAIL ' "$2" || fail "$(grep -am 1 '^FAIL ' "$2" | cut -c 6-)"
	! grep -aq 'PANIC\|panic' "$2" || fail 'the kernel panicked'
}

build_image tests/attack || fail "make image failed: $(tail -n 1 "$build_log")"
link_control >"$TEST_DIR/link" 2>&1 || {
	cat "$TEST_DIR/link"
	exit 1
}
judge "$image" "$TEST_DIR/attacks"
judge "$linked/image.bin" "$TEST_DIR/controls"
swap_policy

# The table of the README is the plan: each of its rows is as it says.
stated=0
while IFS='|' read -r _ number name _ defence expected _; do
	number=$(echo "$number" | tr -d ' ')
	name=$(echo "$name" | sed 's/^ *//; s/ *$//')
	case $defence$expected in
	*'nothing to attack'*) verdict='nothing to attack, as stated' ;;
	*'not contained'*) verdict='not contained, as stated' ;;
	*)
		grep -aqx "contained $number $name" "$TEST_DIR/attacks" ||
			fail "$number $name: the judge does not say that it is contained"
		grep -aqx "succeeds $number $name" "$TEST_DIR/controls" ||
			fail "$number $name: it does not succeed without its defence"
		verdict='contained; succeeds without its defence'
		;;
	esac
	stated=$((stated + 1))
	printf '%2d  %-26s %s\n' "$number" "$name" "$verdict"
done <<-END
	$(grep '^| [0-9]' tests/attack/README.md)
END
echo "$stated of 24 as stated"
[ "$stated" = 24 ] || fail "the table of tests/attack/README.md has $stated rows"
