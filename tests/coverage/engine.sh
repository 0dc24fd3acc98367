#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The engine's branches, by its tests on the host: each way of each branch is taken.
# Writes build/coverage/engine.md; exit code 1 if one is missing.
# Environment: FUZZ_COUNT (how many random cases).
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

folder=$(pwd)/build/coverage
names='engine_borders engine_sizes engine_cells engine_ways engine_values'
names="$names engine_verify engine_decide engine_swap engine_range fuzz_events fuzz_blob"
mkdir -p "$folder"
find "$folder" -path '*/ksm/engine/*' -name '*.gcda' -exec rm -f {} +
goals=
for name in $names; do
	goals="$goals build/coverage/host/tests/$name"
done
# shellcheck disable=SC2086 # goals
GATEHOUSE_INNER=1 GATEHOUSE_OUT=build/coverage GATEHOUSE_COVERAGE=1 make -s -j2 $goals
for name in $names; do
	"$folder/host/tests/$name" >"$folder/$name.log" 2>&1 || {
		echo "FAIL coverage/$name: $(tail -n 1 "$folder/$name.log")"
		exit 1
	}
done
find "$folder" -path '*/ksm/engine/*' -name '*.gcda' | sort | while IFS= read -r data; do
	gcov -b -c -t "$data" 2>"$folder/gcov.log"
done | awk -f tests/coverage/engine.awk >"$folder/engine.md"
head -n 1 "$folder/engine.md"
echo "$folder/engine.md"
awk 'NR == 1 { exit !($2 == $4 && $2 > 0) }' "$folder/engine.md"
