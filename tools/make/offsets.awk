# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads offsets.c as compiled to assembly, prints a header: lines with `->NAME value` become macros.
BEGIN {
	print "/* SPDX-License-Identifier: BSD-2-Clause-Patent */"
	print "/* Generated from offsets.c: numbers of C types that assembly needs. */"
}
match($0, /->[A-Za-z_][A-Za-z0-9_]* +[#$]?-?[0-9]+/) {
	split(substr($0, RSTART + 2, RLENGTH - 2), part, / +/)
	sub(/^[#$]/, "", part[2])
	print "#define " part[1] " " part[2]
}
