#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A rule with `until` is built up to that day, warned of for 30 days before, and refused from the
# next day on; the day is that of --today, of SOURCE_DATE_EPOCH, or of the clock.
# $1 is gate, $2 a folder of its own.
set -eu
gate=$1
file=tests/gate/faults/R20-over.gate
said=$2/said

# $1 what is said, or nothing; $2 exit code; the rest: options
says() {
	pattern=$1 wanted=$2 code=0
	shift 2
	"$gate" check "$file" "$@" >"$said" 2>&1 || code=$?
	[ "$code" = "$wanted" ] || echo "gate check $*: exit code $code, not $wanted"
	if [ -z "$pattern" ]; then
		[ ! -s "$said" ] || echo "gate check $*: says something"
	else
		grep -q -e "$pattern" "$said" || echo "gate check $*: not '$pattern'"
	fi
}

says '' 0 --today 2020-01-30
says 'warning: no policy with this rule can be built after 2020-02-29 \[R20\]' 0 --today 2020-01-31
says 'warning: no policy with this rule' 0 --today=2020-02-29
says 'error: this rule ended on 2020-02-29 \[R20\]' 1 --today 2020-03-01
says 'error: this rule ended' 1
says '2019-02-29. is no day, write' 2 --today 2019-02-29
says 'yesterday. is no day, write' 2 --today yesterday
export SOURCE_DATE_EPOCH=1582934399 # the last second of 2020-02-28
says 'warning: no policy with this rule' 0
export SOURCE_DATE_EPOCH=1583020800 # the first of 2020-03-01
says 'error: this rule ended' 1
