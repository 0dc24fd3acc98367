# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads `gcov -b -c -t`: prints `H FILE LINE COUNT` and `B FILE LINE OUTCOMES TAKEN` of the kernel's
# files.
function flush_branches() {
	if (outcomes) print "B", file, line, outcomes, taken
	outcomes = taken = 0
}
/^ *-: *0:Source:/ {
	flush_branches()
	file = $0
	sub(/.*Source:/, "", file)
	sub(/^\.\//, "", file)
	wanted = file ~ /^kernel\/[a-z_]*\.c$/
	next
}
!wanted { next }
/^branch / {
	outcomes++
	taken += $3 == "taken" && $4 > 0
	next
}
/^ *[-#=0-9*]+: *[0-9]+:/ {
	flush_branches()
	count = $0
	sub(/:.*/, "", count)
	gsub(/[ *]/, "", count)
	line = $0
	sub(/^[^:]*: */, "", line)
	sub(/:.*/, "", line)
	if (count != "-" && line > 0) print "H", file, line, (count ~ /^[0-9]/ ? count : 0)
}
END { flush_branches() }
