# SPDX-License-Identifier: BSD-2-Clause-Patent
# Everything that one look at the lines of a file can tell. Prints `file:line: rule: sentence`.
# -v here=: the folder that the tree stands in, for the rule `path`.

function found(line, rule, sentence) {
	print FILENAME ":" line ": " rule ": " sentence
}

# Columns of a line: a tab goes to the next multiple of 8, UTF-8 counts characters.
function width(text, parts, count, i, columns) {
	gsub(/[\200-\277]/, "", text)
	count = split(text, parts, "\t")
	for (i = 1; i < count; i++) {
		columns += length(parts[i])
		columns += 8 - columns % 8
	}
	return columns + length(parts[count])
}

function limit_of(name) {
	if (name == "arch/arch.h") return 180
	if (name == "kernel/config.h") return 40
	if (name ~ /^boards\/.*\.c$/) return 60
	if (name ~ /\.c$/) return 500
	if (name ~ /\.h$/) return 200
	if (name ~ /(^|\/)Makefile$|\.mk$/) return 250
	return 0
}

function has_purpose(name) {
	return name ~ /\.(c|h|S|def|sh|awk|mk|gate|gdb|ld)$/ || name ~ /(^|\/)Makefile$/
}

function end_file() {
	if (file == "") return
	if (!has_spdx && !is_data && file !~ /(^|\/)LICENSE$/)
		print file ":1: spdx: no SPDX-License-Identifier in the first 3 lines"
	if (has_purpose(file) && !purpose && file !~ /^tests\/.*\.gate$/)
		print file ":2: purpose: no comment behind the licence says what this file is for"
	if (limit_of(file) && lines > limit_of(file))
		print file ":" lines ": length: " lines " lines, at most " limit_of(file)
	if (is_c) {
		all_lines += lines
		if (is_header && !has_guard) print file ":1: guard: no include guard"
	}
}

FNR == 1 {
	end_file()
	file = FILENAME
	is_c = file ~ /\.[ch]$/
	is_header = file ~ /\.h$/
	is_text = file ~ /\.md$|(^|\/)LICENSE$|\.txt$/
	# What a test types in or expects to read: every byte of it is the test.
	is_data = file ~ /^tests\/.*\.(err|out|in)$/
	is_pure = file ~ /^(kernel|ksm|servers)\//
	has_spdx = has_guard = purpose = in_function = in_comment = 0
	previous = ""
}

{ lines = FNR }

FNR <= 3 && /SPDX-License-Identifier: [A-Z0-9]/ { has_spdx = FNR; next_line = FNR + 1 }
has_spdx && FNR == next_line && /^(\/\*|#|;|--)/ { purpose = 1 }

# gate fmt decides about .gate files, tables may be wide.
!is_text && !is_data && file !~ /\.(def|gate)$/ && width($0) > 100 {
	quote = index($0, "\"")
	if (!quote || width(substr($0, 1, quote)) > 100)
		found(FNR, "columns", width($0) " columns, at most 100")
}

!is_data && /[ \t\r]$/ { found(FNR, "blanks", "blanks at the end of the line") }
is_c && /^        / { found(FNR, "blanks", "spaces where a tab indents") }

/(^|[^A-Za-z0-9_])(TODO|FIXME|XXX|HACK)([^A-Za-z0-9_]|$)/ || /[Kk]eep in sync|[Mm]ust match/ {
	found(FNR, "banned", "unfinished work, or a rule that nothing checks")
}

index($0, here "/") || /(^|[^A-Za-z0-9_.])\/(home|root)\/[A-Za-z]/ ||
		/(^|[^A-Za-z0-9_}$.])\/tmp\/[A-Za-z]/ {
	found(FNR, "path", "a path of one machine")
}

tolower($0) ~ /[a-z]\.(debian|ubuntu|pypi|npmjs|pythonhosted|golang|crates)\.(org|com|io)/ {
	found(FNR, "host", "a host that packages come from")
}

is_c && /^typedef (struct|union)/ && !/\(/ { found(FNR, "typedef", "a typedef hides a struct or union") }

# A guard is the first #ifndef of a header, followed by its #define.
is_header && /^#ifndef [A-Z0-9_]+_H_?$/ && !has_guard { has_guard = 1; next }
/^# *if 0/ && (is_c || file ~ /\.S$/) { found(FNR, "conditional", "dead code") }
(is_c || file ~ /\.S$/) && /^# *(if|ifdef|ifndef|elif)([^a-z]|$)/ {
	if (is_pure) {
		found(FNR, "conditional", "a conditional where files are chosen by linking")
	} else if (++conditionals > allowed) {
		last_conditional = FILENAME ":" FNR
	}
}

# A function: `{` in column 1 behind a line that ends a parameter list; ends at `}` in column 1.
is_c && $0 == "{" && previous ~ /\)[ \t]*$/ { in_function = 1; code = 0; start = FNR - 1; next }
is_c && in_function && /^}/ {
	in_function = 0
	if (code > 70)
		found(start, "function", code " lines without blanks and comments, at most 70")
}
is_c && in_function {
	line = $0
	gsub(/\/\*[^*]*\*\//, "", line)
	if (in_comment) {
		if (index(line, "*/")) in_comment = 0
		line = ""
	} else if (line ~ /^[ \t]*\/\*/) {
		in_comment = !index(line, "*/")
		line = ""
	}
	if (line ~ /[^ \t]/) code++
}

{ previous = $0 }

END {
	end_file()
	if (conditionals > 2 + 2 * all_lines / 1000)
		print last_conditional ": conditional: " conditionals " conditionals in " all_lines \
			" lines outside kernel/, ksm/ and servers/, at most 2 in 1000"
}
