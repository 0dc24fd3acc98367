#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate why: each question of tests/gate/why/why.txt (`? MESSAGE`) is answered as it stands there.
# $1 is gate, $2 a folder of its own.
set -eu
gate=$1
here=$(cd "$(dirname "$0")/.." && pwd)

cd "$here/../.."
sed -n 's/^? //p' "$here/why/why.txt" | while IFS= read -r question; do
	echo "? $question"
	"$gate" why tests/gate/why/why.gate "$question" 2>&1 </dev/null || echo "(exit code $?)"
done >"$2/said"
grep -v '^#' "$here/why/why.txt" | diff - "$2/said" | sed -n 2,3p
