# SPDX-License-Identifier: BSD-2-Clause-Patent
# Changes images as somebody could who knows the format: all digests are made to fit again
# (kernel/include/abi/image.h). Sourced by test.sh.
# shellcheck shell=sh disable=SC2154

HEADER_DIGEST=4064 # in the header
SECTIONS=16        # the first; 40 bytes each: offset, length, digest
PAGE=4096

# Where part $1 of image $2 starts, as mkimage shows it.
part_at() {
	echo $(($("$OUT/host/mkimage" show "$2" | awk -v name="$1" '$1 == name { print $2; exit }')))
}

number_at() {
	od -An -tu4 -j "$2" -N 4 "$1" | tr -d ' '
}

# Writes bytes, given in hexadecimal, at offset $2 of file $1.
put_hex() {
	escapes=$(echo "$3" | awk '
		{
			for (i = 1; i < length($0); i += 2) {
				value = 16 * (index("0123456789abcdef", substr($0, i, 1)) - 1) + \
					index("0123456789abcdef", substr($0, i + 1, 1)) - 1
				printf "\\%03o", value
			}
		}')
	# The format is the bytes.
	# shellcheck disable=SC2059
	printf "$escapes" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# A number of four bytes, little-endian.
put_number() {
	put_hex "$1" "$2" "$(printf '%02x%02x%02x%02x' $(($3 & 255)) $(($3 >> 8 & 255)) \
		$(($3 >> 16 & 255)) $(($3 >> 24 & 255)))"
}

# SHA-256 of $3 bytes at $2 of file $1.
sha256_at() {
	tail -c +$(($2 + 1)) "$1" | head -c "$3" | sha256sum | cut -d ' ' -f 1
}

# Inverts the lowest bit of a byte.
flip() {
	byte=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
	put_hex "$1" "$2" "$(printf '%02x' $((byte ^ 1)))"
}

# Makes the header's digest fit. $1: file, $2: where the header is
seal_header() {
	put_hex "$1" $(($2 + HEADER_DIGEST)) "$(sha256_at "$1" "$2" "$HEADER_DIGEST")"
}

# Makes all digests fit.
seal() {
	for section in 0 1 2 3; do
		entry=$(($2 + SECTIONS + 40 * section))
		length=$(number_at "$1" $((entry + 4)))
		put_hex "$1" $((entry + 8)) "$(sha256_at "$1" $(($2 + $(number_at "$1" "$entry"))) \
			$(((length + PAGE - 1) / PAGE * PAGE)))"
	done
	seal_header "$1" "$2"
}
