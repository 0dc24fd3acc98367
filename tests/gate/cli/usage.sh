#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The command line: exit codes, suggestions, help. $1 is gate, $2 a folder of its own.
# Backquotes are what gate prints.
# shellcheck disable=SC2016
set -eu
gate=$1
cd "$2"

fail() {
	echo "$1"
	exit 1
}

# $1 exit code that is due, $2 pattern of a line that is printed, or nothing, the rest: the words
expect() {
	due=$1 pattern=$2 code=0
	shift 2
	"$gate" "$@" >out 2>&1 </dev/null || code=$?
	[ "$code" = "$due" ] || fail "gate $*: exit code $code instead of $due"
	[ -z "$pattern" ] || grep -q -e "$pattern" out || fail "gate $*: does not say '$pattern'"
}

printf 'edition 1\nconst A = 1\n' >good.gate
printf 'edition 1\nconst A == 1\n' >bad.gate

expect 2 'each verb'
expect 0 'gate fmt' help
expect 0 'usage: gate fmt' help fmt
expect 2 'did you mean `gate fmt`' help fmd
expect 2 'did you mean `gate check`' chek good.gate
expect 2 'type `gate help`' incomprehensible
expect 2 'did you mean `--check`' fmt --chek good.gate
expect 2 'something is missing' fmt
expect 2 'something is missing' check --syntax
expect 2 '`--dump` needs a value' check --dump
expect 0 '' check --syntax good.gate
expect 0 '' check --syntax -- good.gate
expect 0 '^const A$' check --syntax --dump=ast good.gate
expect 0 '^2:7 NAME A$' check --syntax --dump tokens good.gate
expect 1 'bad.gate:2:9: error: `==` is not known \[G8\]' check --syntax good.gate bad.gate
expect 1 '^{"file":"bad.gate","line":2,"col":9,.*}$' check --syntax --json bad.gate
expect 1 'none.gate: error: cannot read this file: No such file' check --syntax none.gate
expect 1 'cannot read this file: Is a directory' check --syntax .
head -c 16777217 /dev/zero | tr '\0' '#' >big.gate
expect 1 'this file has more than 16777216 bytes' check --syntax big.gate
head -c 16777216 big.gate >full.gate
expect 1 'edition of the language is missing' check --syntax full.gate

# What is written into a pipe or behind a link leaves pipe and link as they are.
printf 'use EDL Einit\nexecute { grant () }\nrequest { grant () }\n' >part.psl
"$gate" import part.psl -o part.gate
mkfifo pipe
timeout 10 cat pipe >piped &
expect 0 '' import part.psl -o pipe
wait
{ [ -p pipe ] && cmp -s piped part.gate; } || fail 'import -o PIPE'
ln -s linked.gate link.gate
expect 0 '' import part.psl -o link.gate
{ [ -L link.gate ] && cmp -s linked.gate part.gate; } || fail 'import -o LINK'
printf 'edition  1\n' >linked.gate
expect 0 '' fmt link.gate
{ [ -L link.gate ] && grep -q '^edition 1$' linked.gate; } || fail 'fmt LINK'
expect 1 'Is a directory' import part.psl -o .
