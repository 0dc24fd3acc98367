#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A sample of what make test-mutants tries: the engine's tests find small mistakes. SEED= chooses
# other ones.
# timeout: 300
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

# An excuse is for a mistake that can be made.
for source in ksm/engine/*.c; do
	awk -f tests/mutants/mutate.awk "$source" |
		awk -F "\t" -v name="${source##*/}" '{ print name FS $2 }'
done >"$TEST_DIR/mistakes"
awk -F "\t" 'NR == FNR { made[$1 FS $2]; next }
	!/^#/ && !(($1 FS $2) in made) {
		print "FAIL: survivors.txt excuses what is no mistake: " $1 ": " $2
		bad = 1
	}
	END { exit bad }' "$TEST_DIR/mistakes" tests/mutants/survivors.txt
sh tests/mutants/run.sh "$TEST_DIR/sample" 151 "${SEED:-7}" >"$TEST_DIR/results"
# Of nine one may live: the whole campaign wants 95 of 100.
awk -v least=75 -f tests/mutants/report.awk tests/mutants/survivors.txt "$TEST_DIR/results"
