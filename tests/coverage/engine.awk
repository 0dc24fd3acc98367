# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads `gcov -b -c -t` of the engine. Prints how many ways of branches were taken, then those that
# were not: file, line, the way's number on its line, the line.
/^ *-: *0:Source:/ {
	file = $0
	sub(/.*Source:/, "", file)
	sub(/^\.\//, "", file)
	wanted = file ~ /^ksm\/engine\/[a-z_]*\.[ch]$/
	next
}
!wanted { next }
/^branch / {
	all++
	if ($3 == "taken" && $4 > 0)
		taken++
	else
		missing[++missed] = file ":" number ": way " way ": `" source "`"
	way++
	next
}
/^ *[-#=0-9*]+: *[0-9]+:/ {
	way = 0
	source = $0
	sub(/^[^:]*: */, "", source)
	number = source
	sub(/:.*/, "", number)
	sub(/^[^:]*:[ \t]*/, "", source)
}
END {
	printf "engine: %d of %d ways of branches are taken\n\n", taken, all
	for (i = 1; i <= missed; i++)
		print "- " missing[i]
}
