# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads test sources, prints for make which sources each of them tests (see test.mk).
FNR == 1 {
	inside = 0
}
!inside && match($0, /\/\* test:/) {
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\.c$/, "", name)
	print "needs += " name
	inside = 1
	$0 = substr($0, RSTART + RLENGTH)
}
inside {
	done = index($0, "*/")
	gsub(/\*\/.*|^ *\*/, "")
	print "needs." name " += " $0
	inside = !done
}
