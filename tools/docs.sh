#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes the documents that are made from sources: docs/kernel.md.
#
# usage: docs.sh [--check]
#   --check  writes nothing; fails when a committed document differs from its sources
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"

# The rows of an X-table, its strings without quotes, fields separated by tabs.
x_rows() {
	sed -n 's/^X(\(.*\))$/\1/p' "$1" | awk '{
		out = ""
		quoted = 0
		for (i = 1; i <= length($0); i++) {
			c = substr($0, i, 1)
			if (c == "\"") {
				quoted = !quoted
			} else if (c == "," && !quoted) {
				out = out "\t"
			} else if (quoted || c != " ") {
				out = out c
			}
		}
		print out
	}'
}

# Interfaces of a .gate file: a heading each, a row for each method with what its comment says.
interface_tables() {
	awk '
	function strip(line) {
		sub(/^ *##* */, "", line)
		return line
	}
	/^ *##/ {
		text = text (text == "" ? "" : " ") strip($0)
		next
	}
	/^interface / {
		printf "\n### %s\n\n", $2
		if (text != "") {
			print text "\n"
		}
		print "| method | what it does |\n|---|---|"
		inside = 1
		single = /}/
		sub(/^interface [A-Za-z]* *{ */, "")
		sub(/ *} *$/, "")
		text = ""
		if (!single) {
			next
		}
	}
	inside && /^ *[a-z].*\(/ {
		method = $0
		sub(/^ */, "", method)
		printf "| `%s` | %s |\n", method, text
		text = ""
	}
	/^}/ || single {
		inside = 0
		single = 0
	}
	!/^ *##/ {
		text = ""
	}' "$1"
}

kernel_document() {
	cat <<'END'
<!-- SPDX-License-Identifier: BSD-2-Clause-Patent -->
<!-- Written by `make docs`; edit the sources that it names. -->
# The kernel's interface

## System calls

From `kernel/include/abi/syscalls.def`.

| number | call | registers in | registers out | what it does |
|---|---|---|---|---|
END
	x_rows kernel/include/abi/syscalls.def |
		awk -F '\t' '{ printf "| %s | `%s` | %s | %s | %s |\n", $2, $1, $3, $4, $5 }'
	cat <<'END'

## Status codes

From `kernel/include/abi/errors.def`.

| number | name | text |
|---|---|---|
END
	x_rows kernel/include/abi/errors.def |
		awk -F '\t' '{ printf "| %s | `%s` | %s |\n", $2, $1, $3 }'
	cat <<'END'

## Faults

From `kernel/include/abi/faults.def`: the `kind` of `Fault.report`.

| number | name | in records | what happened |
|---|---|---|---|
END
	x_rows kernel/include/abi/faults.def |
		awk -F '\t' '{ printf "| %s | `%s` | %s | %s |\n", $2, $1, $3, $4 }'
	cat <<'END'

## Methods of kernel objects

From `kernel/core.gate`. They are called like any server, and judged like any server.
END
	interface_tables kernel/core.gate
}

new=$(mktemp)
trap 'rm -f "$new"' EXIT
kernel_document >"$new"
if cmp -s "$new" docs/kernel.md; then
	exit 0
fi
if [ "${1:-}" = --check ]; then
	printf 'docs/kernel.md: differs from its sources; type: make docs\n' >&2
	exit 1
fi
mkdir -p docs
cat "$new" >docs/kernel.md
printf 'docs/kernel.md: written\n' >&2
