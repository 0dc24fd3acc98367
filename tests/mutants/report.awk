# SPDX-License-Identifier: BSD-2-Clause-Patent
# survivors.txt, then what run.sh printed: how many mistakes were found, and which were not.
BEGIN { FS = "\t" }
FNR == 1 { file_number++ }
file_number == 1 {
	if (!/^#/ && NF == 3) reason[$1 "\t" $2] = $3
	next
}
{
	split($1, words, " ")
	if (words[1] == "stillborn") {
		stillborn++
		next
	}
	name = words[1] == "killed" ? words[3] : words[2]
	if (words[1] == "killed") {
		killed++
		by[words[2]]++
	} else if ((name "\t" $2) in reason) {
		equal++
		print "same  " name ": " $2 ": " reason[name "\t" $2]
	} else {
		lives++
		print "LIVES " name ":" words[3] ": " $2
	}
}
END {
	for (test in by) printf "%6d found by %s\n", by[test], test
	printf "%d mistakes: %d found, %d live, %d mean the same, %d do not compile\n", \
		killed + lives + equal + stillborn, killed, lives, equal, stillborn
	share = (killed + lives == 0) ? 0 : 100 * killed / (killed + lives)
	printf "%sfound: %.1f %%\n", (share >= (least ? least : 95) ? "" : "FAIL: "), share
	exit (share < (least ? least : 95))
}
