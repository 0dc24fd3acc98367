#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A sample of what make test-mutants tries: the engine's tests find small mistakes. SEED= chooses
# other ones.
# timeout: 300
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

sh tests/mutants/run.sh "$TEST_DIR/sample" 151 "${SEED:-7}" >"$TEST_DIR/results"
# Of nine one may live: the whole campaign wants 95 of 100.
awk -v least=75 -f tests/mutants/report.awk tests/mutants/survivors.txt "$TEST_DIR/results"
