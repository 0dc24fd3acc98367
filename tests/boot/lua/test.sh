#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Lua on the machine says, word for word, what the same sources say here: the language, its
# libraries, files, the end of memory. Then it reads what is typed.
# timeout: 300
set -eu
. tests/lib/boot.sh

MEMORY_KB=120000 # so that the end of memory is not far here either

build_image tests/boot/lua || { cat "$TEST_DIR/make"; fail "the image was not built"; }
scripts=$(pwd)/tests/boot/lua/scripts
here=$OUT/host/lua
if [ ! -x "$here" ]; then
	sources=$(awk '$1 == "source" { $1 = ""; print }' tools/ports/lua/recipe | tr ' ' '\n' |
		sed -n 's|^src/|build/ports/lua/src/|p')
	# One word a file.
	# shellcheck disable=SC2086
	gcc -w -O1 -o "$TEST_DIR/lua" $sources -lm
	mv "$TEST_DIR/lua" "$here"
fi
here=$(cd "$(dirname "$here")" && pwd)/lua
# dash has it.
# shellcheck disable=SC3045
(cd "$TEST_DIR" && ulimit -v "$MEMORY_KB" && "$here" "$scripts/all.lua" "$scripts/") \
	>"$TEST_DIR/expected" 2>&1 || fail "Lua fails here: $(tail -n 1 "$TEST_DIR/expected")"
! grep '^FAILED' "$TEST_DIR/expected" || fail "a script fails here"

ICOUNT=1 boot_start "$image"
boot_expect '^== end' 120
tr -d '\r\000' <"$boot_console" | sed -n '/^== strings/,/^== end/p' >"$TEST_DIR/said"
diff "$TEST_DIR/expected" "$TEST_DIR/said" >"$TEST_DIR/difference" || {
	head -n 20 "$TEST_DIR/difference"
	fail "Lua says something else on the machine: $(sed -n 's/^> //p' "$TEST_DIR/difference" | head -n 1)"
}
boot_expect '> '
boot_type 'local t = {} for i = 1, 10 do t[i] = i * i end'
boot_expect '> '
boot_type '= table.concat({1, 2, 3}, "+")'
boot_expect '1\+2\+3'
boot_type 'function f(n)'
boot_expect '>> '
boot_type 'return n * 2 end'
boot_expect '> '
boot_type 'print(f(21), nosuch)'
boot_expect '42[[:blank:]]nil'
boot_type 'error("typed")'
boot_expect 'stdin:1: typed'
boot_type 'x ='
boot_expect '>> '
boot_type ')'
boot_expect 'unexpected symbol near'
boot_stop
