#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Searches every state of message.pml, or of it with one planted bug.
#
# usage: run.sh FOLDER MUTANT
#   FOLDER  for what is built; MUTANT 0: none
# Prints `states N, transitions N, depth N`, or the assert that does not hold. Exit code: 0 all
# states are good, 1 one is not, 2 the search did not end.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
folder=$1/$2
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
spin -DMUTANT="$2" -a "$here/message.pml" >spin.log 2>&1 || {
	echo "spin does not take the model: $(head -n 1 spin.log)"
	exit 2
}
# Safety only; there is one process, so partial orders would save nothing.
gcc -O1 -w -DSAFETY -DNOREDUCE -o pan pan.c
timeout 300 ./pan -m2000000 >out 2>&1 || {
	echo "the search did not end within 300 s"
	exit 2
}
if grep -q '^pan:[0-9]*: ' out; then
	sed -n 's/^pan:[0-9]*: *//p' out | head -n 1
	exit 1
fi
if ! grep -q 'errors: 0' out || grep -q 'not completed\|too small\|out of memory' out; then
	echo "the search is not complete; see $folder/out"
	exit 2
fi
awk '/states, stored/ { states = $1 } /transitions/ { transitions = $1 }
	/depth reached/ { depth = $6 + 0 }
	END { printf "states %d, transitions %d, depth %d\n", states, transitions, depth }' out
