# SPDX-License-Identifier: BSD-2-Clause-Patent
# Another policy for programs that are built already: in a second, without make. Sourced after
# boot.sh.
# shellcheck shell=sh disable=SC2154

# The product $1 with other numbers of attributes, each further argument a NAME=NUMBER: false, with
# a sentence as the last line, unless each of them stands there once.
policy_with() {
	policy_of=$1
	shift
	awk -v wanted="$*" '
		BEGIN {
			split(wanted, pairs, " ")
			for (i in pairs) {
				split(pairs[i], pair, "=")
				number[pair[1]] = pair[2]
				found[pair[1]] = 0
			}
		}
		{
			for (name in number)
				if (match($0, "[ {]" name " = [0-9]+")) {
					$0 = substr($0, 1, RSTART) name " = " number[name] substr($0, RSTART + RLENGTH)
					found[name]++
				}
			print
		}
		END {
			for (name in number)
				if (found[name] != 1) {
					printf "%s: %d lines say %s = NUMBER, one should\n", FILENAME, found[name], name
					exit 1
				}
		}' "$policy_of"
}

# Compiles $1/product.gate into the folder $2, with the programs of the built deployment $3.
# Units that the folder $1 holds come before those of the tree.
policy_build() {
	"$OUT/host/gate" build "$1/product.gate" -I "$1" -I . -I servers --board "$BOARD" \
		--digests "$3/programs.sha256" --policy "$2/policy.blob" \
		--system "$2/system.blob" --names "$2/names.txt" >"$2/gate" 2>&1
}

# Puts the blobs in the folder $1 and the programs of $2 together: $1/image.bin.
policy_pack() {
	"$OUT/host/mkimage" image -o "$1/image.bin" --kernel "$OUT/$BOARD/kernel/kernel.bin" \
		--kernel-elf "$OUT/$BOARD/kernel/kernel.elf" --policy "$1/policy.blob" \
		--system "$1/system.blob" --archive "$2/archive.bin" \
		--init "$2/programs/init/init.elf" >"$1/mkimage" 2>&1
}

# What the written rules of $1 allow: FILE:LINE HOLDER TARGET INTERFACE METHOD, one message a line.
policy_messages() {
	"$OUT/host/gate" check --normal "$1" -I . -I servers -I "$(dirname "$1")" \
		--board "$BOARD" 2>/dev/null | awk '
		/^[a-z]/ { is_written = /^written rules:/; next }
		!is_written { next }
		/^ *[0-9]+  / { line = $NF; is_allow = $2 == "allow"; next }
		is_allow && $2 == "->" {
			at = index($5, ".")
			print line, $1, $3, substr($5, 1, at - 1), substr($5, at + 1)
		}'
}
