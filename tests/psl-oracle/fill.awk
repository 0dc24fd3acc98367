# SPDX-License-Identifier: BSD-2-Clause-Patent
# fill.awk: awk -v values=FILE -f fill.awk TEMPLATE: what the template says, line by line.

BEGIN {
	while ((getline line < values) > 0) {
		at = index(line, "=")
		if (at > 0 && substr(line, 1, 1) != "#")
			value[substr(line, 1, at - 1)] = substr(line, at + 1)
	}
	shown = 1
}

# NAME or NAME == "text"
function holds(test,    part) {
	gsub(/[ "]/, "", test)
	if (split(test, part, "==") == 1)
		return value[part[1]] != ""
	done = done || !(part[1] in value)
	return value[part[1]] == part[2]
}

/^\{% (if|elif) / {
	test = $0
	sub(/^\{% (if|elif) /, "", test)
	sub(/ *%\}.*/, "", test)
	done = $2 == "if" ? 0 : done
	shown = !done && holds(test)
	done = done || shown
	next
}
/^\{% else / { shown = !done; next }
/^\{% endif / { shown = 1; next }

{
	gsub(/@INIT_[A-Z_]*@/, "")
	for (name in value)
		gsub("@" name "@", value[name])
	if (shown)
		print
}
