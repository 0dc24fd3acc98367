#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate suggest: each record of suggest/suggest.txt (`? RECORD`, `? RECORD | --with`) is answered as
# it stands there; each rule that it prints is refused by `gate build`, and compiles when the word
# `draft` is gone; a log is read; the file is never changed.
# $1 is gate, $2 a folder of its own.
set -eu
gate=$1
folder=$2
policy=tests/gate/why/why.gate
asked=tests/gate/suggest/suggest.txt

before=$(cksum <"$policy")
sed -n 's/^? //p' "$asked" | while IFS= read -r question; do
	echo "? $question"
	case $question in
	*' | '*) set -- --with "${question##* | }" "${question%% | *}" ;;
	*) set -- "$question" ;;
	esac
	code=0
	"$gate" suggest "$policy" "$@" >"$folder/out" 2>"$folder/err" </dev/null || code=$?
	cat "$folder/out" "$folder/err"
	[ "$code" = 0 ] || echo "(exit code $code)"
	grep '^draft ' "$folder/out" >"$folder/rule" || continue
	cat "$policy" "$folder/rule" >"$folder/new.gate"
	! "$gate" build "$folder/new.gate" >"$folder/log" 2>&1 || echo "a draft is built"
	grep -q 'error: a draft rule' "$folder/log" || echo "no error about a draft"
	{ cat "$policy" && sed 's/^draft //' "$folder/rule"; } >"$folder/new.gate"
	"$gate" build "$folder/new.gate" >"$folder/log" 2>&1 || echo "it does not compile"
done >"$folder/said"
grep -v '^#' "$asked" | grep -v '^ *$' >"$folder/expected"
sed 's/^#/ #/' "$folder/said" | diff "$folder/expected" - | sed -n 2,3p
[ "$(cksum <"$policy")" = "$before" ] || echo "the policy was changed"

code=0
printf 'hello\n%s\n%s\nbye\n' ' 3 0.200 s denied two -> server : Work.none default' \
	' 4 0.900 s denied two -> server : Work.none default' |
	"$gate" suggest "$policy" - >"$folder/out" 2>&1 || code=$?
[ "$code" = 0 ] && [ "$(grep -c '^draft allow plant.two -> plant.server : work.none$' \
	"$folder/out")" = 1 ] || echo "a log: exit code $code"
code=0
echo hello | "$gate" suggest "$policy" - >"$folder/out" 2>&1 || code=$?
[ "$code" = 1 ] || echo "a log without a denial: exit code $code"
code=0
"$gate" suggest "$policy" >"$folder/out" 2>&1 || code=$?
[ "$code" = 2 ] || echo "no record: exit code $code"
