# SPDX-License-Identifier: BSD-2-Clause-Patent
# A strict reader of JSON (RFC 8259) that prints what it read, a value a line: `path<TAB>value`,
# a dot before each key and index. Exit code 1, and a sentence, for the first fault.

function fault(why) {
	printf "FAIL: no JSON: line %d: %s\n", line[at] ? line[at] : NR, why
	is_wrong = 1
	exit 1
}

# A token is kept with the line it stands in.
{
	rest = $0
	while (rest != "") {
		if (match(rest, /^[ \t\r]+/)) {
			rest = substr(rest, RLENGTH + 1)
			continue
		}
		if (!match(rest, /^"([^"\\]|\\["\\\/bfnrt]|\\u[0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f][0-9A-Fa-f])*"/) &&
			!match(rest, /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) &&
			!match(rest, /^(true|false|null|[][{}:,])/)) {
			at = 0
			fault("no token: " substr(rest, 1, 20))
		}
		token[++tokens] = substr(rest, 1, RLENGTH)
		line[tokens] = NR
		if (token[tokens] ~ /^"/ && token[tokens] ~ /[\001-\037]/) {
			at = tokens
			fault("a control character in a string")
		}
		rest = substr(rest, RLENGTH + 1)
	}
}

function expect(what) {
	if (token[at] != what) fault("'" what "' is expected, not '" token[at] "'")
	at++
}

function text(    value) {
	value = token[at]
	if (value !~ /^"/) fault("a string is expected, not '" value "'")
	at++
	return substr(value, 2, length(value) - 2)
}

function members(path,    key) {
	do {
		at++
		key = text()
		if ((path, key) in had) fault("the key '" key "' stands there twice")
		had[path, key] = 1
		expect(":")
		value(path "." key)
	} while (token[at] == ",")
}

function elements(path,    i) {
	i = 0
	do {
		at++
		value(path "." i++)
	} while (token[at] == ",")
}

function value(path,    open) {
	open = token[at]
	if (open == "{" || open == "[") {
		if (token[at + 1] == (open == "{" ? "}" : "]")) {
			at++
		} else if (open == "{") {
			members(path)
		} else {
			elements(path)
		}
		expect(open == "{" ? "}" : "]")
	} else if (open ~ /^["0-9tfn-]/) {
		printf "%s\t%s\n", path, open
		at++
	} else {
		fault("a value is expected, not '" open "'")
	}
}

END {
	if (is_wrong) exit 1
	at = 1
	value("")
	if (at != tokens + 1) fault("there is more behind the end")
}
