# SPDX-License-Identifier: BSD-2-Clause-Patent
# Attack 23: another policy in the place of the one that was built. Sourced by run.sh.
# shellcheck shell=sh disable=SC2154

. tests/lib/policy.sh
. tests/boot/refused/seal.sh

REFUSED=100 # exit code: kernel/boot.c

# Everything is allowed that the attacks need and the policy denies.
swap_policy() {
	swap=$TEST_DIR/swap
	mkdir -p "$swap"
	cp tests/attack/product.gate "$swap/product.gate"
	echo 'allow Attacker -> VaultServer : vault.secret' >>"$swap/product.gate"
	policy_build "$swap" "$swap" "$built" || fail "23: no policy: $(cat "$swap/gate")"
	cp "$built/system.blob" "$swap/system.blob"
	policy_pack "$swap" "$built" || fail "23: no image: $(cat "$swap/mkimage")"
	swap_into "$image" "$swap/image.bin" "$TEST_DIR/swapped.bin"
	swap_boot "$TEST_DIR/swapped.bin"
	[ "$boot_code" = "$REFUSED" ] || fail "23: the kernel starts with a swapped policy"
	grep -aq 'refused: the policy is damaged' "$TEST_DIR/swap.said" || fail '23: it does not say why'
	echo 'contained 23 swapped policy' >>"$TEST_DIR/attacks"
	# The control: an image whose digests are made for it is what it says it is.
	swap_boot "$swap/image.bin"
	grep -aq '^FAIL attack 19 .*: status 0, result 0,' "$TEST_DIR/swap.said" ||
		fail '23: with another policy the vault does not give its secret'
	echo 'succeeds 23 swapped policy' >>"$TEST_DIR/controls"
}

# The bytes of the policy of image $2 in a copy $3 of $1. Both have the same length.
swap_into() {
	cp "$1" "$3"
	from=$(part_at policy "$2")
	to=$(part_at policy "$1")
	length=$(number_at "$1" $(($(part_at header "$1") + SECTIONS + 4)))
	tail -c +$((from + 1)) "$2" | head -c "$length" |
		dd of="$3" bs=4096 seek=$((to / 4096)) conv=notrunc 2>/dev/null
}

swap_boot() {
	boot_code=0
	timeout -k 2 100 "$(board_value qemu)" -M "$(board_value machine)" -cpu "$(board_value cpu)" \
		-m "$(board_value ram)" -nic none -display none -monitor none -serial stdio \
		-semihosting -icount shift=0,sleep=off -kernel "$1" </dev/null >"$TEST_DIR/swap.said" \
		2>"$TEST_DIR/qemu" || boot_code=$?
}
