# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads linker maps (NAME.map), prints what is truly in each program and whose it is:
#     program TAB port         an archive or folder that the table names
#     program TAB =licence     an object of ours, by the SPDX line of its source
# An object without a licence is an error. Variables, each of words: `table`, PLACE=PORT, or
# PLACE==LICENCE for an archive of ours; `own`, PROGRAM=LICENCE, for what a program's sources do not
# say; `places`, where people write them. An operand `given=NAME` before a map names its program.
# An object that is not found from here is looked for from the folder of the map.
function complain(what)
{
	printf "%s of program %s: %s\n", object, program, what >"/dev/stderr"
	bad = 1
}

# The first prerequisite of an object: its source. CMake has main.c.obj.d beside main.c.obj.
function source_of(path,   file, line)
{
	file = path
	if (!sub(/\.o$/, ".d", file)) {
		file = file ".d"
	}
	while ((getline line <file) > 0) {
		sub(/^[^:]*:/, "", line)
		sub(/\\$/, "", line)
		gsub(/^ +/, "", line)
		if (line != "") {
			break
		}
	}
	close(file)
	split(line, word, " ")
	return word[1]
}

function licence_of(file,   line, count, found)
{
	while (count++ < 5 && (getline line <file) > 0) {
		if (match(line, /SPDX-License-Identifier: */)) {
			found = substr(line, RSTART + RLENGTH)
			sub(/ *\*\/.*$/, "", found)
			break
		}
	}
	close(file)
	return found
}

function put(line)
{
	if (!(line in seen)) {
		seen[line] = 1
		print line
	}
}

function linked(path,   place, source, licence)
{
	object = path
	if ((program, path) in done || path ~ /^linker( stubs)?$/) {
		return
	}
	done[program, path] = 1
	for (place in port) {
		if (index(path, place) == 1 || index(path, "/" place "(")) {
			put(program "\t" port[place])
			return
		}
	}
	if (path !~ /\.(o|obj)$/) {
		complain("nobody says what its licence is (" places ")")
		return
	}
	source = source_of(path)
	if (source == "" && path !~ /^\//) {
		source = source_of(folder path)
	}
	licence = source == "" ? "" : licence_of(source)
	if (licence == "") {
		licence = says[program]
	}
	if (licence == "" && source == "") {
		complain("it is not known what it was made of (" places ")")
		return
	}
	if (licence == "") {
		complain("its source " source " does not name a licence in its first lines;" \
			" write: SPDX-License-Identifier: 0BSD (or another)")
		return
	}
	put(program "\t=" licence)
}

# Splits words KEY=VALUE.
function read_words(text, to,   count, words, i, at)
{
	count = split(text, words, " ")
	for (i = 1; i <= count; i++) {
		at = index(words[i], "=")
		to[substr(words[i], 1, at - 1)] = substr(words[i], at + 1)
	}
}

BEGIN {
	read_words(table, port)
	read_words(own, says)
}

FNR == 1 {
	folder = program = FILENAME
	sub(/[^\/]*$/, "", folder)
	sub(/.*\//, "", program)
	sub(/\.map$/, "", program)
	if (given != "") {
		program = given
		given = ""
	}
	in_map = skip = lto = 0
}

/^Linker script and memory map/ {
	in_map = 1
}

!in_map {
	next
}

/^LOAD / {
	loads[FILENAME] = loads[FILENAME] " " $2
	next
}

# Sections that are not part of the program, but of its file.
/^[.\/]/ {
	skip = $1 ~ /^(\.debug|\.comment|\.note|\.ARM\.attributes|\.stab|\/DISCARD\/)/
}

skip || !match($0, /0x[0-9a-f]+ +0x[0-9a-f]+ [^ ].*$/) {
	next
}

{
	split(substr($0, RSTART), field, " ")
	if (field[1] ~ /^0x0+$/ || field[2] == "0x0") {
		next
	}
	# What was compiled at the link stands for all that the link was given.
	if (field[3] ~ /\.(ltrans[0-9]*\.ltrans|debug\.temp)\.o$/) {
		if (!lto++) {
			count = split(loads[FILENAME], words, " ")
			for (i = 1; i <= count; i++) {
				if (words[i] ~ /\.o$/ && words[i] !~ /\.(ltrans|debug\.temp)\.o$/) {
					linked(words[i])
				}
			}
		}
		next
	}
	linked(field[3])
}

END {
	exit bad
}
