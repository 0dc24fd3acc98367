#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate graph: labels and boxes of pictures do not overlap, up to 40 processes; what is new and gone
# has a colour; levels and folders are one box each; too much is refused.
# $1 is gate, $2 a folder of its own.
set -eu

# $1 what it is, the rest: words of gate graph
picture() {
	name=$1
	shift
	"$gate" graph "$@" >"$folder/svg" 2>"$folder/err" || echo "$name: exit code $?"
	awk -f tests/gate/labels.awk "$folder/svg" >"$folder/found"
	[ ! -s "$folder/found" ] || echo "$name: $(head -n 3 "$folder/found")"
}

# $1 what is looked for, $2 how often it has to be there
count() {
	found=$(grep -c "$1" "$folder/svg") || :
	[ "$found" = "$2" ] || echo "$name: $1: $found instead of $2"
}

gate=$1
folder=$2

awk -v classes=40 -f tests/gate/graph.awk >"$folder/wide.gate"
picture '40 processes' "$folder/wide.gate"
count '^<rect class="box' 43 # three are the legend's
picture levels --by level "$folder/wide.gate"
count '^<text class="n"' 3
for file in docs/policy/examples/*.gate docs/policy/products/*.gate \
	deployments/thermostat/product.gate; do
	picture "$file" "$file"
done
picture folders --by folder deployments/thermostat/product.gate
count '^<text class="n"' 3 # two folders and a device

sed '/^allow Logic -> Display/d; s/^test.*/allow Cloud -> Display : up.publish\n&/' \
	docs/policy/examples/08-flow.gate | sed '/^prove/d; /^enforce/d; /^test/,$d' >"$folder/new.gate"
picture difference --old docs/policy/examples/08-flow.gate "$folder/new.gate"
count '<path class="e new"' 1
count '<path class="e old"' 1

"$gate" graph --dot docs/policy/examples/08-flow.gate >"$folder/dot" || echo "dot: exit code $?"
[ "$(grep -c -- '->' "$folder/dot")" = 3 ] || echo "dot: not three edges"

awk -v classes=200 -f tests/gate/graph.awk >"$folder/huge.gate"
code=0
"$gate" graph "$folder/huge.gate" >"$folder/svg" 2>"$folder/err" || code=$?
[ "$code" = 1 ] && grep -q -- '--by level' "$folder/err" || echo "200 processes: exit code $code"
code=0
"$gate" graph --by colour "$folder/wide.gate" >"$folder/svg" 2>"$folder/err" || code=$?
[ "$code" = 2 ] || echo "--by colour: exit code $code"

# A file is written whole, or stays what it was.
"$gate" graph --dot docs/policy/examples/08-flow.gate -o "$folder/to" || echo "-o: exit code $?"
diff "$folder/dot" "$folder/to" || echo "-o: another picture"
! "$gate" graph --dot "$folder/nothing.gate" -o "$folder/to" 2>"$folder/err" || echo "no file: exit code 0"
diff "$folder/dot" "$folder/to" || echo "no file: the old picture is lost"
