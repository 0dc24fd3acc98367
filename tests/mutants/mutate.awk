# SPDX-License-Identifier: BSD-2-Clause-Patent
# Small mistakes in a C source. Without `pick`: one line each, `NUMBER LINE KIND`, a tab, the line
# as it would be. With pick=N: the whole source with the N-th mistake in it.
# Reads the tree's own style: one statement a line, blanks around binary operators.

# The mistake: the line `text` in place of this one.
function mistake(kind, text) {
	if (text == $0) return
	count++
	if (!pick) printf "%d %d %s\t%s\n", count, FNR, kind, trimmed(text)
	else if (pick == count) chosen = text
}

function trimmed(text) {
	sub(/^[ \t]+/, "", text)
	return text
}

# Every place where `from` stands in the line, once each; both are plain texts.
function replace(kind, from, to,    at, rest, before) {
	before = ""
	rest = $0
	while ((at = index(rest, from)) > 0) {
		mistake(kind, before substr(rest, 1, at - 1) to substr(rest, at + length(from)))
		before = before substr(rest, 1, at - 1 + length(from))
		rest = substr(rest, at + length(from))
	}
}

# Numbers that stand alone: one more, each.
function numbers(    rest, before, at, digits) {
	before = ""
	rest = $0
	while (match(rest, /[^A-Za-z0-9_][0-9]+[^A-Za-z0-9_.]/)) {
		at = RSTART
		digits = substr(rest, RSTART + 1, RLENGTH - 2)
		mistake("number", before substr(rest, 1, at) (digits + 1) \
			substr(rest, at + 1 + length(digits)))
		before = before substr(rest, 1, at + length(digits))
		rest = substr(rest, at + 1 + length(digits))
	}
}

# The first `!` before a word.
function turned_word() {
	if (match($0, / ![a-z(]/))
		mistake("turned", substr($0, 1, RSTART) substr($0, RSTART + 2))
}

function mutate(    i, n, names, to) {
	replace("border", " < ", " <= ")
	replace("border", " <= ", " < ")
	replace("border", " > ", " >= ")
	replace("border", " >= ", " > ")
	replace("turned", " == ", " != ")
	replace("turned", " != ", " == ")
	replace("turned", "(!", "(")
	turned_word()
	replace("either", " && ", " || ")
	replace("both", " || ", " && ")
	replace("sum", " + ", " - ")
	replace("sum", " - ", " + ")
	replace("bits", " & ", " | ")
	replace("bits", " | ", " & ")
	replace("bits", " << ", " >> ")
	replace("bits", " >> ", " << ")
	replace("always", " ? ", " || 1 ? ")
	replace("never", " ? ", " && 0 ? ")
	replace("value", "return true;", "return false;")
	replace("value", "return false;", "return true;")
	n = split("KSM_FULL KSM_STATE KSM_FORBID KSM_DEFAULT KSM_SHAPE KSM_EPOCH KSM_INDEX " \
		"KSM_PROGRAM KSM_SECTION KSM_RESERVED KSM_GRANTED", names, " ")
	for (i = 1; i <= n; i++) {
		to = names[i] ~ /INDEX|PROGRAM|SECTION|RESERVED/ ? "KSM_OK" : \
			names[i] == "KSM_GRANTED" ? "KSM_GUARD" : "KSM_GUARD"
		if ($0 ~ names[i] "[^A-Z_]") replace("word", names[i], to)
	}
	if ($0 !~ /case |default:|[a-z]\[[0-9]+\] = /) numbers()
	if ($0 ~ /^\t+if \(.*\) \{$/) {
		mistake("always", gensub_if("1"))
		mistake("never", gensub_if("0"))
	}
	# A whole statement on one line, or the first line of one that goes on.
	if ($0 ~ /^\t+[a-z_*&(][A-Za-z0-9_>.\[\]*()-]* ([|&+-]?=|[|]=) .*;$/ ||
		$0 ~ /^\t+[a-z_]+[^ =]*(\+\+|--);$/ || $0 ~ /^\t+(\(void\))?[a-z_]+\(.*\);$/ ||
		($0 ~ /^\t+(break|continue);$/ && !last_case))
		mistake("forgotten", "\t; /* " trimmed($0) " */")
	if ($0 ~ /^\t+return;$/) mistake("forgotten", "\t; /* return; */")
}

function gensub_if(value,    text) {
	text = $0
	sub(/if \(.*\) \{$/, "if (" value ") {", text)
	return text
}

# Comments, tables and what stands outside of functions are left alone.
/^\t*\/\*/ { in_comment = 1 }
# A break that ends a switch ends nothing else.
/^\t+default:$/ { last_case = 1 }
/^\t+case |^\t*\}$/ { last_case = 0 }
{
	chosen = ""
	if (/^\{$/) inside = 1
	if (inside && !in_comment && !/^\t*\/?\*/ && !/^#/ && !/_Static_assert/)
		mutate()
	if (/^\}$/) inside = 0
	if (/\*\//) in_comment = 0
	if (pick) print chosen != "" ? chosen : $0
}
