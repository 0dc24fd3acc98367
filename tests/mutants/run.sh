#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Mistakes in the engine, one at a time, and whether its tests find them.
#
# usage: run.sh FOLDER STEP FIRST
#   FOLDER  for what is built; STEP, FIRST: every STEP-th mistake from the FIRST on (1 1: all)
# Environment: OUT. Prints for each mistake `killed TEST`, `stillborn` (does not compile) or
# `survived`, then file, line, kind, and behind a tab what the line became.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

out=${OUT:-build}
folder=$1
step=$2
first=$3
here=tests/mutants
files='verify verify_program decide program edge state swap range'
# Quick ones that find much first.
tests='engine_borders engine_sizes engine_cells engine_ways engine_values'
tests="$tests engine_verify engine_range fuzz_events engine_swap engine_decide fuzz_blob"

# What the inner make says of a variable.
value() {
	GATEHOUSE_INNER=1 make -s "print-$1"
}

# Test programs with the engine beside them, in a library, so that a mistake is one compilation.
programs_build() {
	goals=
	for name in $tests; do
		goals="$goals $out/host/tests/$name"
	done
	# shellcheck disable=SC2086 # goals
	GATEHOUSE_INNER=1 make -s $goals >&2
	for name in $tests; do
		objects=$(value "$name.all" | tr ' ' '\n' | grep -v '/ksm/engine/')
		# shellcheck disable=SC2086 # lists
		$cc $flags $objects $hash "$folder/lib/libengine.so" -lcmocka -o "$folder/$name"
	done
}

# $1 source, $2 object
engine_compile() {
	# shellcheck disable=SC2086 # lists
	$cc $flags -O0 -w -fPIC $includes -c "$1" -o "$2" 2>"$folder/cc.log"
}

# $1: folder of the library; its objects are those of the engine but for the one named $2
library_link() {
	objects=
	for name in $files text; do
		if [ "$name" = "$2" ]; then
			objects="$objects $1/$name.o"
		else
			objects="$objects $folder/lib/$name.o"
		fi
	done
	# shellcheck disable=SC2086 # lists
	$cc $flags -shared -Wl,-soname,libengine.so $objects -o "$1/libengine.so"
}

# $1: folder of the library. Sets killer to the test that fails.
tests_run() {
	for killer in $tests; do
		FUZZ_COUNT=$(case $killer in fuzz_events) echo 300 ;; *) echo 30000 ;; esac) \
			LD_LIBRARY_PATH=$1 ASAN_OPTIONS=detect_leaks=0 \
			timeout -k 1 20 "$folder/$killer" >"$folder/test.log" 2>&1 || return 1
	done
	killer=
}

# $1 file, $2 number of the mistake, $3 its line and kind, $4 what the line became
try() {
	mkdir -p "$folder/mutant"
	awk -v pick="$2" -f "$here/mutate.awk" "ksm/engine/$1.c" >"$folder/mutant/$1.c"
	if ! engine_compile "$folder/mutant/$1.c" "$folder/mutant/$1.o"; then
		verdict=stillborn
	else
		library_link "$folder/mutant" "$1"
		verdict=survived
		tests_run "$folder/mutant" || verdict="killed $killer"
	fi
	printf '%s %s.c %s\t%s\n' "$verdict" "$1" "$3" "$4"
}

rm -rf "$folder"
mkdir -p "$folder/lib"
cc=$(value host.cc)
flags=$(value tests.cflags)
includes=$(value tests.includes)
hash=$(value tests.sha256)
for name in $files text; do
	engine_compile "ksm/engine/$name.c" "$folder/lib/$name.o"
done
library_link "$folder/lib" none
programs_build
tests_run "$folder/lib" || {
	echo "FAIL: $killer fails without a mistake ($folder/test.log)"
	exit 2
}
for name in $files; do
	awk -f "$here/mutate.awk" "ksm/engine/$name.c" | sed "s/^/$name /"
done | awk -v step="$step" -v first="$first" 'NR % step == first % step' >"$folder/list"
tab=$(printf '\t')
while IFS=$tab read -r where text; do
	file=${where%% *}
	rest=${where#* }
	try "$file" "${rest%% *}" "${rest#* }" "$text"
done <"$folder/list"
