#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes the documents that are made from sources: docs/kernel.md, docs/posix.md,
# docs/policy/gateway.*.
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
	# A signature ends where its parentheses do.
	inside && (method != "" || /^ *[a-z].*\(/) {
		line = $0
		sub(/^ */, "", line)
		method = method (method == "" ? "" : " ") line
		if (gsub(/\(/, "(", method) > gsub(/\)/, ")", method) || /->$/) {
			next
		}
		if (text == "") {
			print FILENAME ": nothing says what `" method "` does" >"/dev/stderr"
			failed = 1
		}
		printf "| `%s` | %s |\n", method, text
		method = ""
		text = ""
	}
	/^}/ || single {
		inside = 0
		single = 0
	}
	!/^ *##/ {
		text = ""
	}
	END {
		exit failed
	}' "$1"
}

# Rights: what the comments of abi.h say of each bit.
rights_table() {
	# shellcheck disable=SC2016 # the quotes are the document's
	sed -n 's,^#define \(RIGHT_[A-Z]*\) *\([0-9]\)u /\* \(.*\) \*/$,| \2 | `\1` | \3 |,p' \
		kernel/include/abi/abi.h
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

## Rights

From `kernel/include/abi/abi.h`: bits, whose meaning is the object's. A copy never has more than its
original.

| bit | name | what it lets do |
|---|---|---|
END
	rights_table
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

From `kernel/core.gate`. They are called like any server, and judged like any server: who may not
gets E_DENIED.
All but those of frames need the right to manage the object (E_HANDLE).
END
	interface_tables kernel/core.gate || return 1
	cat <<'END'

## Events of a trace

From `kernel/include/abi/trace.def`: the bits of `Trace.start`.

| number | name | what the record says |
|---|---|---|
END
	x_rows kernel/include/abi/trace.def |
		awk -F '\t' '{ printf "| %s | %s | %s |\n", $2, $3, $4 }'
}

posix_document() {
	folder=tests/target/posix
	cat <<'END'
<!-- SPDX-License-Identifier: BSD-2-Clause-Patent -->
<!-- Written by `make docs`; edit the sources that it names. -->
# POSIX on Gatehouse

What a C program finds. Each row of the first table is a test that runs on both boards
(`make test ONLY='boot/posix/*'`): it sees what the interface does, and the error that stands in the
row. A stub counts as absent.

Who may do what is not in these calls: the policy judges each message that they become; what it
denies fails with EACCES. Names have one spelling (`servers/files/files.gate`); what POSIX lets
stand in a name (`.`, `..`, `//`, a relative name) the library takes out first. A name has at most
255 bytes, a part of it 63, and no part ends in a dot or a blank.

A process with `no clock` (P19 of `ksm/SPEC.md`) is told no time: what reads a clock, sleeps or
sets a timer fails with EPERM, and so does a wait with an end (`sem_timedwait`, `poll`, `select`
and others) for what is not there yet. `sleep` returns all that is left; `alarm` is never due.

## What reaches a server or the kernel

From `tests/target/posix/interfaces.def`.

END
	x_rows $folder/interfaces.def | awk -F '\t' '
		{ count[$3]++ }
		$2 != group {
			if (group != "") print ""
			group = $2
			printf "### %s\n\n", group
			print "| interface | | error seen | how it deviates |\n|---|---|---|---|"
		}
		{ printf "| `%s` | %s | %s | %s |\n", $1, $3, $4 == "0" ? "" : $4, $5 }
		END { printf "\n%d work, %d deviate.\n", count["works"], count["deviates"] }'
	cat <<'END'

## What is absent

From `tests/target/posix/absent.def`.

| interfaces | why |
|---|---|
END
	sed -n 's/^A("\([^"]*\)", "\([^"]*\)")$/\1\t\2/p' $folder/absent.def |
		awk -F '\t' '{ gsub(/ /, "`, `", $1); printf "| `%s` | %s |\n", $1, $2 }'
	cat <<'END'

## What needs no system

Functions of newlib, from `tests/target/posix/pure.txt`; that they are there is tested, what they do
is not.

| header | functions |
|---|---|
END
	sed -n 's/^\([a-z]*\.h\): \(.*\)/\1\t\2/p' $folder/pure.txt |
		awk -F '\t' '{ gsub(/ /, "`, `", $2); printf "| `%s` | `%s` |\n", $1, $2 }'
}

policy_document() {
	cat <<'END'
<!-- SPDX-License-Identifier: BSD-2-Clause-Patent -->
<!-- Written by `make docs`; edit the policy that it names. -->
END
	build/host/gate doc docs/policy/products/gateway.gate
}

policy_picture() {
	build/host/gate graph docs/policy/products/gateway.gate >"$new.picture" &&
		sed "1s#\$#\n<!-- SPDX-License-Identifier: BSD-2-Clause-Patent: written by make docs -->#" \
			"$new.picture"
}

# What a document is to be.
print_document() {
	case $1 in
	docs/kernel.md) kernel_document ;;
	docs/posix.md) posix_document ;;
	docs/policy/gateway.md) policy_document ;;
	docs/policy/gateway.svg) policy_picture ;;
	esac
}

# $1: the document; $2: whether it is only looked at.
update() {
	print_document "$1" >"$new" || {
		printf '%s: left as it is: what makes it failed, see above\n' "$1" >&2
		return 1
	}
	if cmp -s "$new" "$1"; then
		return 0
	fi
	if [ "$2" = --check ]; then
		printf '%s: differs from its sources; type: make docs\n' "$1" >&2
		return 1
	fi
	cat "$new" >"$1"
	printf '%s: written\n' "$1" >&2
}

new=$(mktemp)
trap 'rm -f "$new" "$new.picture"' EXIT
failed=0
make build/host/gate >&2
for document in docs/kernel.md docs/posix.md docs/policy/gateway.md docs/policy/gateway.svg; do
	update "$document" "${1:-}" || failed=1
done
exit "$failed"
