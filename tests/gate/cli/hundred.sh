#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What people do wrong, in eight kinds: at least ten inputs of each, a hundred in all, each with one
# fault. runner.sh looks at what gate says to each. $1 is gate, $2 a folder of its own.
set -eu
faults=tests/gate/faults
syntax=tests/gate/syntax
all=$2/all

# $1 kind, $2 folder, the rest: patterns of names
kind() {
	name=$1
	shift
	count=0
	for file in "$@"; do
		[ -e "$file" ] || continue
		count=$((count + 1))
		echo "$file" >>"$all"
		[ -e "${file%.gate}.err" ] || echo "$file: nothing says what is due"
	done
	[ "$count" -ge 10 ] || echo "$name: $count inputs, at least 10 are due"
}

: >"$all"
kind name $faults/N[0-9]*.gate $faults/R[123]-*.gate $faults/R5-*field.gate \
	$faults/R5-template.gate $faults/R14-unknown.gate $faults/R6-tuple-constant.gate \
	$faults/S24-state.gate $faults/O3-unknown.gate $faults/S36-lattice.gate
kind 'type or range' $faults/T*.gate $faults/R6-[!t]*.gate $faults/R6-tuple-s*.gate \
	$faults/S8-range.gate $faults/S8-tuple.gate $faults/S9-*.gate $faults/R14-range.gate
kind overlap $faults/S3-*.gate $faults/S16-overlap.gate $faults/S8-[dsv]*.gate \
	$faults/S8-contained.gate $faults/S13-*.gate
kind claim $faults/R8-*.gate $faults/S3[567]-[!l]*.gate $faults/F2-*.gate \
	$faults/S30-missing.gate $faults/R1-claim.gate $faults/R1-never*.gate
kind test $faults/R13-*.gate $faults/S5-*.gate $faults/R5-test*.gate $faults/R3-test*.gate \
	$faults/R6-test*.gate $syntax/G27-*.gate $syntax/G7-wait.gate
kind 'state object' $faults/O[234]-[!u]*.gate $faults/S24-[!s]*.gate $faults/S2[67]-*.gate \
	$faults/S15-*.gate
kind 'units or words' $syntax/G[3567]-*.gate $syntax/G8-*.gate $syntax/G9-*.gate \
	$faults/T1-time.gate
kind 'system or wiring' $faults/P*.gate $faults/R12-*.gate

different=$(sort -u "$all" | wc -l)
[ "$different" -ge 100 ] || echo "fewer than a hundred inputs: $different"
