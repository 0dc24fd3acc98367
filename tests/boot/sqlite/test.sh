#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# SQLite's shell on the machine: a hundred thousand rows in memory, a database in a file, errors,
# each answer as the same version gives it elsewhere (`expected`). Then it answers what is typed.
# timeout: 300
set -eu
. tests/lib/boot.sh

build_image tests/boot/sqlite || { cat "$TEST_DIR/make"; fail "the image was not built"; }
boot_start "$image"
boot_expect '^== end' 180
tr -d '\r\000' <"$boot_console" | sed -n '/^== memory/,/^== end/p' >"$TEST_DIR/said"
grep -v "^#" tests/boot/sqlite/expected >"$TEST_DIR/expected"
diff "$TEST_DIR/expected" "$TEST_DIR/said" >"$TEST_DIR/difference" || {
	head -n 20 "$TEST_DIR/difference"
	fail "SQLite says something else on the machine"
}
boot_expect 'sqlite> '
boot_type 'create table t (a, b);'
boot_expect 'sqlite> '
boot_type 'insert into t values (1, 2), (3, 4)'
boot_expect '\.\.\.> '
boot_type ';'
boot_expect 'sqlite> '
boot_type 'select sum(a * b), count(*) from t;'
boot_expect '14\|2'
boot_type 'select * from nowhere;'
boot_expect 'no such table: nowhere'
boot_stop
