#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A program in C and one in C++, built with the SDK as docs/sdk.md says, boot on both boards. All
# that is in that document is typed by `make test-sdk`.
# timeout: 180
. tests/sdk/follow.sh

! grep -rlE "(^|[^[:alnum:]_./-])$top/" "$home/sdk" || fail "a file of the SDK names this tree"
[ -z "$(find "$home/sdk" -type l ! -exec test -e {} \; -print)" ] || fail "a link leads nowhere"
follow sh
booted 4

# What is typed wrongly is said, and nothing is left behind.
# $1: what the message must say; others: what is typed
refused() {
	wanted=$1
	shift
	! (cd "$home/work" && "$@") >"$TEST_DIR/refused" 2>&1 || fail "'$*' is accepted"
	grep -q "$wanted" "$TEST_DIR/refused" || {
		cat "$TEST_DIR/refused"
		fail "'$*' does not say '$wanted'"
	}
}
refused "it can be: app" "$home/sdk/new" thing one
refused "small letters" "$home/sdk/new" app ../one
refused "hello is there already" "$home/sdk/new" app hello
refused "is a word of the language" "$home/sdk/new" app restart
refused "there is no board 'mars'" make -C hello BOARD=mars
refused "nobody says what program hello" make -C hello hello.src=
refused "no server called moon" make -C hello servers=moon
[ -z "$(find "$home/work" -maxdepth 1 -name '*.new.*')" ] || fail "new leaves a folder behind"
