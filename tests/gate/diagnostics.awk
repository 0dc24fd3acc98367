# SPDX-License-Identifier: BSD-2-Clause-Patent
# Prints each diagnostic of C sources, `FILE:LINE<tab>SENTENCE`, with `%` for what printf puts in.
# A sentence that is chosen (a ? b : c) is several. Calls are found by their names: calls, set by
# -v, is a regular expression of them.

# The text behind the call's parenthesis up to the one that closes it.
function arguments(from, i, c, depth, quoted, n)
{
	depth = 1
	n = length(text)
	for (i = from; i <= n; i++) {
		c = substr(text, i, 1)
		if (quoted) {
			if (c == "\\")
				i++
			else if (c == "\"")
				quoted = 0
			continue
		}
		if (c == "\"")
			quoted = 1
		else if (c == "(")
			depth++
		else if (c == ")" && --depth == 0)
			return substr(text, from, i - from)
	}
	return substr(text, from)
}

# Pieces that follow each other are one literal. Names of clauses are none.
function sentences(words, line, at, piece, joined)
{
	joined = ""
	while (match(words, /"([^"\\]|\\.)*"/)) {
		piece = substr(words, RSTART + 1, RLENGTH - 2)
		at = substr(words, 1, RSTART - 1)
		if (joined != "" && at !~ /^[ \t\n]*("?[ \t\n]*PRI[a-z0-9]+[ \t\n]*)?$/) {
			tell(joined, line)
			joined = ""
		}
		joined = joined (joined != "" && at ~ /PRI/ ? "%d" : "") piece
		words = substr(words, RSTART + RLENGTH)
	}
	tell(joined, line)
}

function tell(sentence, line)
{
	gsub(/%[-+0-9.*]*(l|ll|z|h)*[a-zA-Z]/, "%", sentence)
	gsub(/\\"/, "\"", sentence)
	gsub(/\\\\/, "\\", sentence)
	if (sentence ~ /[a-z].* / && sentence !~ /^[A-Z]+[0-9]+$/)
		printf "%s:%d\t%s\n", FILENAME_, line, sentence
}

function scan(rest, offset, at, line, before)
{
	offset = 0
	rest = text
	while (match(rest, "(" calls ")\\(")) {
		at = offset + RSTART + RLENGTH
		before = substr(text, 1, at - 1)
		line = gsub(/\n/, "\n", before) + 1
		# A definition or declaration begins its line, a call does not.
		if (substr(rest, RSTART - 1, 1) ~ /[\t (!=,]/ || RSTART == 1)
			sentences(arguments(at), line)
		offset = at - 1
		rest = substr(text, at)
	}
}

FNR == 1 {
	if (FILENAME_ != "")
		scan()
	text = ""
	FILENAME_ = FILENAME
}
{ text = text $0 "\n" }
END { scan() }
