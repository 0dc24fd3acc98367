#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-coverage: lines and branches of kernel/*.c that tests of the host (gcov) and of both
# boards (a QEMU plugin) execute, together. Writes build/coverage/report.md, with every line that no
# test reaches and why. Fails below 80 % of lines or 70 % of branches, if a line has no reason, and
# if a way of a branch of the engine is not taken (engine.sh).
# Environment: BOARD (boards), PARTS (boot tests; those whose kernel is the one that ships).
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

folder=$(pwd)/build/coverage
parts="demo objects calls machine deadline refused escalate rogue panic template restart"
parts=${PARTS:-$parts ring keys swap dma journal}
mkdir -p "$folder"
rm -f "$folder"/*.trace "$folder"/*.lines

# Unit tests, compiled to count.
host() {
	names=
	for file in tests/host/kernel_*.c; do
		names="$names build/coverage/host/tests/$(basename "$file" .c)"
	done
	find "$folder" -name '*.gcda' -exec rm -f {} +
	# shellcheck disable=SC2086 # goals
	GATEHOUSE_INNER=1 GATEHOUSE_OUT=build/coverage GATEHOUSE_COVERAGE=1 make -s -j2 $names
	for name in $names; do
		"$name" >"$folder/$(basename "$name").log" 2>&1 || {
			echo "FAIL coverage/$name"
			return 1
		}
	done
	find "$folder" -name '*.gcda' | grep -E '/(kernel|tests/check/kernel)/' |
		while IFS= read -r data; do
			gcov -b -c -t "$data" 2>"$folder/gcov.log"
		done | awk -f tests/coverage/host.awk >"$folder/host.lines"
}

# $1: board
target() {
	cross=$(make -s print-cross BOARD="$1")
	for part in $parts; do
		export BOARD="$1" TEST_DIR="$folder/$1/$part" OUT=build SEED=
		mkdir -p "$TEST_DIR"
		BOOT_PLUGIN=$folder/trace.so,out=$folder/$1.trace sh "tests/boot/$part/test.sh" \
			>"$TEST_DIR/log" 2>&1 || echo "FAIL coverage/$1/$part: $(tail -n 1 "$TEST_DIR/log")"
	done
	"${cross}objdump" -dl "build/$1/kernel/kernel.elf" | awk -f tests/coverage/target.awk \
		"$folder/$1.trace" - >"$folder/$1.lines"
}

"${CC:-cc}" -O2 -shared -fPIC -I. -o "$folder/trace.so" tests/coverage/trace.c
host
engine=0
sh tests/coverage/engine.sh || engine=1
children=
for board in ${BOARD:-qemu-virt-aarch64 qemu-virt-armv7}; do
	target "$board" &
	children="$children $!"
done
for child in $children; do
	wait "$child"
done
awk -v reasons=tests/coverage/reasons.txt -f tests/coverage/merge.awk "$folder"/*.lines \
	>"$folder/report.md"
head -n 1 "$folder/report.md"
tail -n 1 "$folder/report.md"
echo "$folder/report.md"
awk -v engine="$engine" '
	NR == 1 { is_covered = $2 >= 80 && $7 >= 70 }
	{ unexplained = $1 } # in the last line
	END { exit !(is_covered && unexplained == 0 && engine == 0) }' "$folder/report.md"
