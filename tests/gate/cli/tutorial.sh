#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Does what docs/policy/tutorial.md tells to do, and compares what gate says with what it shows.
# $1 is gate, $2 a folder of its own.
set -eu
here=$(pwd)
PATH=$(dirname "$1"):$PATH
export PATH
cd "$2"
ln -s "$here/kernel" kernel
: >due
: >said
{
	cat <<'END'
# $1: the item that goes, or nothing. Puts the file `block` in its place, or at the end.
put() {
	[ -n "$1" ] || {
		cat block >>thermostat.gate
		return
	}
	awk -v item="$1" '
		index($0, item) == 1 && !is_done {
			while ((getline line <"block") > 0) print line
			is_done = is_gone = 1
			next
		}
		is_gone && (item == "test" || /^[ }]/) { next }
		{ is_gone = 0; print }' thermostat.gate >thermostat.new
	mv thermostat.new thermostat.gate
}
END
	awk -f "$here/tests/gate/cli/steps.awk" "$here/docs/policy/tutorial.md"
} >steps
sh steps
diff due said >differ || echo "the tutorial shows otherwise: $(sed -n 2p differ)"
[ "$(grep -c '^\$ gate ' due)" -ge 10 ] || echo "the tutorial types next to nothing"
