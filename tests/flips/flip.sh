#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Flips one byte of an image, boots it, expects the kernel's refusal and its sentence; many times.
# No changed policy, program or description may run, and there are no don't-care bytes in a bundle.
#
# usage: flip.sh IMAGE COUNT SEED
# environment: BOARD, TEST_DIR (a folder of its own), OUT, as from tests/run.sh
set -eu
# shellcheck source=tests/lib/boot.sh
. tests/lib/boot.sh

original=$1
count=$2
seed=$3
copy=$TEST_DIR/flip.bin
mkimage=$OUT/host/mkimage

[ -f "$original" ] || fail "there is no image $original; make image BOARD=$BOARD"
mkdir -p "$TEST_DIR"
cp "$original" "$copy"
"$mkimage" show "$original" >"$TEST_DIR/parts" || fail "$original is damaged already"

# Places to flip, `region offset xor`, one sixth of them in each region. The padding behind each
# section is a region, for who looks at digests only would forget it; so are the reserved bytes of
# the header. The same seed chooses the same bytes.
awk -v seed="$seed" -v count="$count" '
	function number(text, value, i) {
		if (text !~ /^0x/) return text + 0
		for (i = 3; i <= length(text); i++)
			value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1
		return value
	}
	function below(limit) { return int(rand() * limit) }
	/^(header|policy|system|init|archive) / {
		names[++regions] = $1
		first[regions] = number($2)
		bytes[regions] = $3
		rest = (4096 - $3 % 4096) % 4096
		if (rest) {
			pads++
			pad_name[pads] = $1
			pad_first[pads] = first[regions] + $3
			pad_bytes[pads] = rest
		}
	}
	/^program/ { exit }
	END {
		srand(seed)
		for (i = 0; i < count; i++) {
			which = i % (regions + 1) + 1
			mask = rand() < 0.75 ? 2 ^ below(8) : 1 + below(255)
			if (which <= regions) {
				print names[which], first[which] + below(bytes[which]), mask
			} else {
				pad = 1 + below(pads)
				print pad_name[pad], pad_first[pad] + below(pad_bytes[pad]), mask
			}
		}
	}' "$TEST_DIR/parts" >"$TEST_DIR/places"
[ "$(wc -l <"$TEST_DIR/places")" = "$count" ] || fail "no places to flip in $original"

# What the kernel says about a region; an image without its magic has no bundle.
sentence() {
	case $1 in
	header) echo 'the image header is damaged|there is no bundle behind the kernel' ;;
	policy) echo 'the policy is damaged' ;;
	system) echo 'the system description is damaged' ;;
	init) echo 'init is damaged' ;;
	archive) echo 'the program archive is damaged' ;;
	esac
}

byte_at() {
	od -An -tu1 -j "$1" -N 1 "$original" | tr -d ' '
}

# $1 offset, $2 value
write_byte() {
	# The format is the byte, in octal.
	# shellcheck disable=SC2059
	printf "\\$(printf %o "$2")" |
		dd of="$copy" bs=1 seek="$1" conv=notrunc status=none
}

# $1 value, $2 mask; POSIX arithmetic has exclusive or.
flipped() {
	echo $(($1 ^ $2))
}

# Boots the copy; the guest's words are in $boot_console, its exit code in code.
boot_once() {
	code=0
	timeout -k 2 20 "$(board_value qemu)" -M "$(board_value machine)" \
		-cpu "$(board_value cpu)" -m "$(board_value ram)" -nic none -display none \
		-monitor none -serial stdio -semihosting -kernel "$copy" \
		</dev/null >"$boot_console" 2>"$TEST_DIR/qemu" || code=$?
}

# Keeps the image that was not refused.
unrefused() {
	kept=$TEST_DIR/flip-$2-$3.bin
	cp "$copy" "$kept"
	fail "byte $2 ($1) xor $3: $4; the image is $kept"
}

check_refused() {
	tr -d '\r' <"$boot_console" >"$TEST_DIR/text"
	[ "$code" = 100 ] || unrefused "$1" "$2" "$3" "exit code $code instead of 100"
	grep -qE "^refused: ($(sentence "$1"))" "$TEST_DIR/text" ||
		unrefused "$1" "$2" "$3" "no sentence about it: $(grep -m 1 refused "$TEST_DIR/text")"
	if grep -q "$prompt" "$TEST_DIR/text"; then
		unrefused "$1" "$2" "$3" "user space ran"
	fi
}

done=0
while read -r region offset mask; do
	value=$(byte_at "$offset")
	write_byte "$offset" "$(flipped "$value" "$mask")"
	boot_once
	check_refused "$region" "$offset" "$mask"
	write_byte "$offset" "$value"
	done=$((done + 1))
	[ $((done % 100)) != 0 ] || echo "$BOARD: $done of $count" >&2
done <"$TEST_DIR/places"
cmp -s "$original" "$copy" || fail "the test did not undo its own flips"
cut -d ' ' -f 1 "$TEST_DIR/places" | sort | uniq -c |
	awk -v board="$BOARD" -v seed="$seed" '
		{ text = text sep $1 " " $2; total += $1; sep = ", " }
		END { print board ": " total " flips, seed " seed ", all refused: " text }'
