#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Each thing that gate may have to say (diagnostics.awk finds them in its sources) is said in some
# golden text, or in untold.txt with the reason why not. $1 is gate, $2 a folder of its own.
set -eu
here=tests/gate
calls='diag_error|diag_warning|parser_error[a-z_]*|parser_expect|bad_add'

awk -v calls="$calls" -f $here/diagnostics.awk ksm/gate/*.c >"$2/all"
[ "$(wc -l <"$2/all")" -ge 300 ] || echo "only $(wc -l <"$2/all") diagnostics were found"
awk -f $here/untold.awk "$2/all" $here/*/*.err $here/*/*.out $here/*/*.txt $here/cli/*.sh \
	tests/host/gate_*.c docs/policy/tutorial.md | sed 's/\.c:[0-9]*:/.c:/' | sort -u >"$2/untold"
sed '/^#/d; s/	.*//' $here/untold.txt | sort >"$2/excused"
diff "$2/excused" "$2/untold" >"$2/difference" || {
	sed -n 's/^> /no golden text says: /p; s/^< /untold.txt excuses what is told or gone: /p' \
		"$2/difference"
	echo "write a file of tests/gate/faults or syntax for each"
}
