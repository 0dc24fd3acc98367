#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# make test-mutants: every small mistake in the engine, two at a time; its tests must find 95 of
# 100. What lives is listed, with the reason of survivors.txt or without one. STEP=n: every n-th.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

folder=${OUT:-build}/mutants
step=${STEP:-1}
case $step in
'' | *[!0-9]* | 0)
	echo "'$step' is no step; STEP=10 tries every tenth mistake"
	exit 2
	;;
esac
mkdir -p "$folder"
# Built once, so that the two do not build the same at the same time.
sh tests/mutants/run.sh "$folder/none" 1000000 0 >/dev/null
children=
trap 'kill $children 2>/dev/null; exit 130' INT TERM HUP
for part in 1 2; do
	sh tests/mutants/run.sh "$folder/$part" "$((step * 2))" "$((1 + (part - 1) * step))" \
		>"$folder/$part.out" &
	children="$children $!"
done
for child in $children; do
	wait "$child"
done
awk -f tests/mutants/report.awk tests/mutants/survivors.txt "$folder"/?.out
