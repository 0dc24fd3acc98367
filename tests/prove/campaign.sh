#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-prove: the model of the message path holds in every state, each planted bug is found;
# and the verifier of policies is proved (engine.sh).
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

folder=${OUT:-build}/prove
status=0

start=$(date +%s)
if found=$(sh tests/prove/run.sh "$folder" 0); then
	echo "ok   prove/message: $found, $(($(date +%s) - start)) s"
else
	echo "FAIL prove/message: $found ($folder/0)"
	status=1
fi
# A model that finds nothing in a broken kernel proves nothing about a good one.
mutants=$(sed -n 's/^#if MUTANT [!=]= \([0-9]*\)$/\1/p' tests/prove/message.pml | sort -nu)
for mutant in $mutants; do
	code=0
	found=$(sh tests/prove/run.sh "$folder" "$mutant") || code=$?
	if [ "$code" = 1 ]; then
		echo "ok   prove/mutant$mutant: $found"
	else
		echo "FAIL prove/mutant$mutant: not found: $found ($folder/$mutant)"
		status=1
	fi
done
sh tests/prove/engine.sh "$folder/engine" || status=1
exit "$status"
