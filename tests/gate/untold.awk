# SPDX-License-Identifier: BSD-2-Clause-Patent
# First file: what diagnostics.awk prints. The others: what tests expect. Prints the diagnostics of
# which no line of the others can be one.

# Whether the line has the pieces between the `%` in their order.
function holds(line, sentence, n, i, at, pieces)
{
	n = split(sentence, pieces, "%")
	for (i = 1; i <= n; i++) {
		if (pieces[i] == "")
			continue
		at = index(line, pieces[i])
		if (at == 0)
			return 0
		line = substr(line, at + length(pieces[i]))
	}
	return 1
}

FNR == 1 { files++ }
files == 1 {
	at = index($0, "\t")
	place[++count] = substr($0, 1, at - 1)
	sentence[count] = substr($0, at + 1)
	next
}
{
	plain = $0 # as scripts and C quote it
	gsub(/\\"/, "\"", plain)
	gsub(/\\`/, "`", plain)
	for (i = 1; i <= count; i++)
		if (!told[i])
			told[i] = holds($0, sentence[i]) || holds(plain, sentence[i])
}
END {
	for (i = 1; i <= count; i++)
		if (!told[i])
			print place[i] ": " sentence[i]
}
