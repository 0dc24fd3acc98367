#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate fmt on files: in place, all or nothing, and only if there is something to do.
set -eu
gate=$1
cd "$2"

fail() {
	echo "$1"
	exit 1
}

printf 'edition   1\nconst A=1' >one.gate
printf 'edition 1\nconst A = 1\n' >canonical
cp one.gate two.gate
cp one.gate three.gate
printf 'edition 1\nconst A =\n' >bad.gate
cp bad.gate bad.before
chmod 640 one.gate
ln -s one.gate link.gate

[ "$("$gate" fmt - <one.gate)" = "$(cat canonical)" ] || fail "standard input is not set in form"

! "$gate" fmt --check one.gate 2>err || fail "--check calls a file canonical that is not"
grep -q 'type: gate fmt one.gate' err || fail "--check does not say what to type"
cmp -s one.gate two.gate || fail "--check writes"

"$gate" fmt link.gate || fail "a link is not followed"
cmp -s one.gate canonical || fail "the file behind a link is not in form"
[ -L link.gate ] || fail "the link is gone"
[ "$(stat -c %a one.gate)" = 640 ] || fail "the mode changed"

inode=$(stat -c %i one.gate)
"$gate" fmt one.gate || fail "a canonical file is a finding"
[ "$(stat -c %i one.gate)" = "$inode" ] || fail "a canonical file is written again"
"$gate" fmt --check one.gate canonical || fail "--check refuses canonical files"

! "$gate" fmt two.gate bad.gate three.gate 2>err || fail "a broken file is no finding"
cmp -s bad.gate bad.before || fail "a broken file is written"
cmp -s two.gate canonical || fail "the file before a broken one is not in form"
cmp -s three.gate canonical || fail "the file behind a broken one is not in form"
[ "$(grep -c ': error: ' err)" = 1 ] || fail "a broken file is not one error"
set -- *.gate.*
[ "$1" = '*.gate.*' ] || fail "a temporary file is left: $1"
