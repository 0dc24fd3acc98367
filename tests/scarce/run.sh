#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots the thermostat once for each number, with that allocation of the kernel refused: while init
# makes the processes, while they start, while one is started anew. Whatever fails says so, nothing
# else is hurt.
#
# usage: run.sh FIRST STEP LAST (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
: "${build_log:=}" "${image:=}" "${link_cross:=}" "${boot_found:=}"

kernel=$TEST_DIR/kernel

# Where the number stands in kernel.bin.
offset_of_number() {
	"${link_cross}nm" "$kernel/kernel.elf" | awk '
		function number(hex,    i, value) {
			for (i = 1; i <= length(hex); i++)
				value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
			return value
		}
		$3 == "scarce_at" { at = number($1) }
		$3 == "kernel_load" { load = number($1) }
		END { printf "%d\n", at - load }'
}

# Little-endian into the kernel's data. $1: the number
write_number() {
	bytes=$(printf '\\%03o\\%03o\\000\\000' $(($1 % 256)) $(($1 / 256)))
	# The bytes are a format.
	# shellcheck disable=SC2059
	printf "$bytes" | dd of="$kernel/kernel.bin" bs=1 seek="$offset" conv=notrunc status=none
}

# The console without what does not belong to its lines.
said() {
	tr -d '\r\000' <"$boot_console"
}

# Who does not run after boot, by init's own word on the kernel's console.
boot_told() {
	said | sed -n 's/^init: \(.*\) does not run: .*/\1/p'
}

# No prompt will come: init says that one of those does not run which it takes.
shell_is_missing() {
	boot_told | grep -qxE 'uart|console|shell'
}

# Prints what came of refusing one allocation. Until init runs, the kernel may lack what it needs to
# start it (a panic that says so); one process may not run, and then init says so.
boot_once() {
	ICOUNT=1 boot_start "$kernel/image.bin"
	tries=0
	until said | grep -aqE "$prompt|^panic: "; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "$number: there is no prompt, and nobody said why"
		kill -0 "$boot_pid" 2>/dev/null || said | grep -aq "^panic: " ||
			fail "$number: the machine ended"
		if shell_is_missing; then
			[ "$tries" -lt 90 ] && tries=90 # the others have a moment to go wrong, too
			[ "$tries" -lt 96 ] || break
		fi
		sleep 0.1
	done
	if grep -aq '^panic: ' "$boot_console"; then
		! grep -aqE '^panic: .*(\.c:[0-9]|faulted|no life)' "$boot_console" ||
			fail "$number: $(grep -a '^panic' "$boot_console")"
		echo "$number: $(said | grep -a '^panic: ')"
		return 0
	fi
	told=$(boot_told | tr '\n' ' ')
	case $told in
	"audit trace ") ;; # both read the policy, which stands in one frame
	*' '*' '*) fail "$number: more than one process does not run: $told" ;;
	esac
	if shell_is_missing; then
		echo "$number: no shell: $(said | grep -a ' does not run: ')"
		return 0
	fi
	boot_command 'restart driver'
	boot_command ps
	boot_command poweroff 30
	boot_exit 0
	boot_never panic
	stopped=$(said | awk '$3 ~ /^(stopped|absent|waiting|failed)/ { print $1 }' | tr '\n' ' ')
	# Who runs is what the audit server tells.
	if said | grep -q "^the audit server does not answer"; then
		case $told in
		audit*) stopped=$told ;;
		*) fail "$number: the audit server does not answer" ;;
		esac
	fi
	! said | grep -q "^driver does not run: .*: " || told="driver " # one that is not there, too
	[ "$told" != "driver " ] || ! said | grep -q "^driver: restarted" || told=
	case $told in
	'' | manager*) ;; # nobody to tell it of, or through
	*) said | grep -q "^${told%% *} does not run: .*: " || fail "$number: ps does not say why" ;;
	esac
	[ "$stopped" = "$told" ] || fail "$number: '$stopped' do not run, said was '$told'"
	[ -z "$told" ] || told="$told does not run"
	echo "$number: ${told:-all run}"
}

build_image thermostat || fail "make image failed: $(tail -n 1 "$build_log")"
# The check of the whole state at each call is for other tests: its syscall.c stays out.
set -- "$@" tests/check/*.c
for source in tests/check/kernel/*.c; do
	[ "$source" = tests/check/kernel/syscall.c ] || set -- "$@" "$source"
done
first=$1 step=$2 last=$3
shift 3
link_kernel "$kernel" deployments/thermostat "$@"
offset=$(offset_of_number)
number=$first
while [ "$number" -le "$last" ]; do
	write_number "$number"
	pack_kernel "$kernel" deployments/thermostat
	boot_once
	boot_stop
	number=$((number + step))
done
