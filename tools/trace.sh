#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Turns what the shell's `trace` printed into a file that Perfetto (ui.perfetto.dev) or Chrome's
# chrome://tracing opens, or into a picture.
#
# usage: trace.sh [--svg CALL] [CONSOLE]
#   CONSOLE  a log of the console, as of `make run >CONSOLE`; else standard input
#   --svg    a picture of all that happens during one call: Interface.method, or
#            Interface.method@N for the N-th of them
set -eu
export LC_ALL=C

tools=$(cd "$(dirname "$0")" && pwd)
output=json call=''
if [ "${1:-}" = --svg ]; then
	[ $# -ge 2 ] || {
		sed -n 's/^# usage: /usage: /p' "$0" >&2
		exit 2
	}
	output=svg call=$2
	shift 2
fi
exec awk -f "$tools/trace/events.awk" -f "$tools/trace/$output.awk" -v call="$call" "${1:--}"
