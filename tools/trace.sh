#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Turns what the shell's `trace` printed into a file that Perfetto (ui.perfetto.dev) or Chrome's
# chrome://tracing opens, or into a picture.
#
# usage: trace.sh [--svg FROM TO] [CONSOLE]
#   CONSOLE  a log of the console, `make run >CONSOLE`; else standard input
#   --svg    a picture of the time between two messages, each given as Interface.method or
#            Interface.method@N for its N-th call
set -eu
export LC_ALL=C

tools=$(cd "$(dirname "$0")" && pwd)
output=json from='' to=''
if [ "${1:-}" = --svg ]; then
	[ $# -ge 3 ] || {
		sed -n 's/^# usage: /usage: /p' "$0" >&2
		exit 2
	}
	output=svg from=$2 to=$3
	shift 3
fi
exec awk -f "$tools/trace/events.awk" -f "$tools/trace/$output.awk" -v from="$from" -v to="$to" \
	"${1:--}"
