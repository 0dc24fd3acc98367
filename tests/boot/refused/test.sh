#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Images that must not start: incomplete, damaged, forged with digests that fit, or made of parts
# that do not belong together. Each is refused with its own sentence before user space.
# timeout: 180
set -eu
. tests/lib/boot.sh
. tests/lib/outside.sh
. tests/lib/policy.sh
. tests/lib/session.sh
. tests/boot/refused/seal.sh

REFUSED=100 # exit code: kernel/boot.c
bad=$TEST_DIR/bad.bin
mixed=$TEST_DIR/mixed
built=$OUT/$BOARD/thermostat

# $1: what is wrong with $2, $3: the kernel's sentence
refuses() {
	: >"$boot_console"
	code=0
	# shellcheck disable=SC2046 # one word an argument
	timeout -k 2 30 "$(board_value qemu)" -M "$(board_value machine)" -cpu "$(board_value cpu)" \
		-m "$(board_value ram)" -nic none -display none -monitor none -serial stdio \
		-semihosting -kernel "$2" ${BOOT_PLUGIN:+-plugin "$BOOT_PLUGIN"} \
		</dev/null >"$boot_console" 2>"$TEST_DIR/qemu" || code=$?
	tr -d '\r' <"$boot_console" >"$TEST_DIR/said"
	[ "$code" = "$REFUSED" ] || fail "$1: exit code $code, expected $REFUSED"
	grep -qx "refused: $3" "$TEST_DIR/said" || fail "$1: it does not say '$3'"
	grep -qx 'user space does not start; write a good image and reset' "$TEST_DIR/said" ||
		fail "$1: it does not say what follows from it"
	[ "$(wc -l <"$TEST_DIR/said")" = 2 ] || fail "$1: it says more than that"
	refused=$((refused + 1))
}

# A fresh copy of the good image; `header` is where its header is.
copy() {
	cp "$image" "$bad"
	header=$(part_at header "$image")
}

# Policy and system from $1 and $2 in one image, the rest of the good one.
pack() {
	cp "$1" "$mixed/policy.blob"
	cp "$2" "$mixed/system.blob"
	policy_pack "$mixed" "$built" || fail "the test cannot pack its image: $(cat "$mixed/mkimage")"
}

# A good policy whose byte $1 is another; the image's digests fit.
pack_flipped() {
	cp "$built/policy.blob" "$TEST_DIR/flipped.blob"
	flip "$TEST_DIR/flipped.blob" "$1"
	pack "$TEST_DIR/flipped.blob" "$built/system.blob"
}

build_image thermostat || fail "the demonstration does not build; see $build_log"
image=$built/image.bin
refused=0
mkdir -p "$mixed"
no_bundle='there is no bundle behind the kernel: no policy, no user space'

# Incomplete.
copy
head -c "$header" "$image" >"$bad"
refuses 'a kernel without a bundle' "$bad" "$no_bundle"
refuses 'the bare kernel' "$OUT/$BOARD/kernel/kernel.bin" "$no_bundle"
head -c $((header + PAGE)) "$image" >"$bad"
refuses 'a header without its parts' "$bad" 'the policy is damaged: its SHA-256 differs'
head -c $(($(wc -c <"$image") - PAGE)) "$image" >"$bad"
refuses 'an image without its last page' "$bad" 'the program archive is damaged: its SHA-256 differs'
head -c $(($(part_at init "$image") + 100)) "$image" >"$bad"
refuses 'an image that ends in init' "$bad" 'init is damaged: its SHA-256 differs'

# Damaged, in the middle of each part.
for part in header policy system init archive; do
	case $part in
	header) sentence='the image header is damaged: its SHA-256 differs' ;;
	system) sentence='the system description is damaged: its SHA-256 differs' ;;
	archive) sentence='the program archive is damaged: its SHA-256 differs' ;;
	init) sentence='init is damaged: its SHA-256 differs' ;;
	*) sentence="the $part is damaged: its SHA-256 differs" ;;
	esac
	copy
	flip "$bad" $(($(part_at "$part" "$image") + 700))
	refuses "a damaged $part" "$bad" "$sentence"
done

# Forged: the digests fit, the content does not.
copy
seal "$bad" "$header"
cmp -s "$bad" "$image" || fail "sealing a good image changes it: this test knows another format"
copy
put_number "$bad" $((header + 8)) 2
seal_header "$bad" "$header"
refuses 'a header of version 2' "$bad" 'the image header has another version than this kernel reads'
copy
put_number "$bad" $((header + 12)) $(($(number_at "$image" $((header + 12))) + PAGE))
seal_header "$bad" "$header"
refuses 'a length that is too great' "$bad" "the image's length is not that of its parts"
for forged in 0:0 0:4294963200 0:8192 4:0 4:4294967295 4:2147483648; do
	copy
	put_number "$bad" $((header + SECTIONS + ${forged%:*})) "${forged#*:}"
	seal_header "$bad" "$header"
	refuses "a section with $forged" "$bad" 'a section of the image lies outside of it'
done
copy
put_number "$bad" "$(part_at init "$image")" 0
seal "$bad" "$header"
refuses 'an init that is no program' "$bad" 'init is not a program that this kernel can start'
copy
put_number "$bad" "$(part_at system "$image")" 0
seal "$bad" "$header"
refuses 'a system description that is none' "$bad" \
	'the system description has another format than this kernel reads'

# A policy that is none, or not whole.
pack_flipped 0
refuses 'a policy with another magic' "$mixed/image.bin" 'this is no policy'
pack_flipped 8
refuses 'a policy of another version' "$mixed/image.bin" 'the policy has another format version'
pack_flipped 1000
refuses 'a policy whose own digest does not fit' "$mixed/image.bin" \
	'the policy is damaged: its digest differs'
head -c 2000 "$built/policy.blob" >"$TEST_DIR/short.blob"
pack "$TEST_DIR/short.blob" "$built/system.blob"
refuses 'half a policy' "$mixed/image.bin" 'the policy is cut off or has bytes behind its end'
head -c 8 "$built/policy.blob" >"$TEST_DIR/short.blob"
pack "$TEST_DIR/short.blob" "$built/system.blob"
refuses 'eight bytes of a policy' "$mixed/image.bin" 'the policy is cut off or has bytes behind its end'

# Parts that do not belong together. First a product with one method more.
other=$TEST_DIR/other
mkdir -p "$other"
cp deployments/thermostat/product.gate "$other"
sed 's/^interface Crash { now() }$/interface Crash { now(); later() }/' \
	deployments/thermostat/parts.gate >"$other/parts.gate"
policy_build "$other" "$other" "$built" || fail "the test cannot build its policy: $(cat "$other/gate")"
sentence='system description and policy were built for different interfaces'
pack "$built/policy.blob" "$other/system.blob"
refuses 'the system of other interfaces' "$mixed/image.bin" "$sentence"
pack "$other/policy.blob" "$built/system.blob"
refuses 'the policy of other interfaces' "$mixed/image.bin" "$sentence"

# Then policy and system of a kernel with one method more.
mkdir -p "$TEST_DIR/core/kernel"
sed '/^interface Signal {$/,/^}/s/^    signal()$/&\n    ring()/' kernel/core.gate \
	>"$TEST_DIR/core/kernel/core.gate"
! cmp -s kernel/core.gate "$TEST_DIR/core/kernel/core.gate" || fail "kernel/core.gate looks otherwise"
"$OUT/host/gate" build deployments/thermostat/product.gate -I "$TEST_DIR/core" -I . -I servers \
	-I deployments/thermostat --board "$BOARD" --digests "$built/programs.sha256" \
	--policy "$other/policy.blob" --system "$other/system.blob" --names "$other/names.txt" \
	>"$other/gate" 2>&1 || fail "the test cannot build its policy: $(cat "$other/gate")"
pack "$other/policy.blob" "$other/system.blob"
refuses 'the policy of another kernel' "$mixed/image.bin" \
	'the policy is for other kernel interfaces'
echo "$refused images refused"

# A changed program in an image whose digests fit: the policy does not know it, so it never starts.
copy
at=$(part_at archive "$image")
entry=$("$OUT/host/mkimage" show "$image" | awk '/^program/ { n = -1; next } $1 == "sensor" { print n } { n++ }' | tail -n 1)
flip "$bad" $((at + $(number_at "$image" $((at + 16 + 32 * entry + 24))) + 2 * PAGE - 1))
seal "$bad" "$header"
outside_new
# shellcheck disable=SC2086 # one word an argument
session_run "$bad" $outside_qemu <<-END
	ps
	watch 2
	attack
END
ask ps
has 'sensor +SensorDriver +(absent|stopped) +[01] +0 +0 .*'
for name in uart console audit driver control intruder shell; do
	has "$name +[A-Za-z]+ +running +1 +0 +0 +[0-9]+ +[0-9]+/[0-9]+"
done
outside_look "$bad" || fail "its memory tells nothing: $(cat "$TEST_DIR/peek")"
# Before its phase ends init is judged as the kernel.
grep -qE '^(record|first) [0-9]+ kernel sensor Process start call guard$' "$outside_facts" ||
	fail "that the changed sensor may not start was not recorded"
! grep -qE '^grant (init|kernel) sensor Process start ' "$outside_facts" || fail "the changed sensor was started"
! grep -q '^grant sensor ' "$outside_facts" || fail "the changed sensor did something"
rm -f "$outside_ram"
