#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 1 % of make test-fuzz, and every seed that failed once (tests/fuzz/seeds).
# timeout: 600
set -eu

parts=$TEST_DIR
grep -v '^#' tests/fuzz/seeds >"$parts/seeds"
while read -r part calls seed; do
	seed=${SEED:-$seed}
	export TEST_DIR="$parts/$part-$seed"
	mkdir -p "$TEST_DIR"
	case $part in
	wire) sh tests/fuzz/wire/run.sh "$calls" "$seed" ;;
	*) sh tests/fuzz/run.sh "$part" "$calls" "$seed" ;;
	esac </dev/null
done <"$parts/seeds"
