# SPDX-License-Identifier: BSD-2-Clause-Patent
# Files that nothing builds, includes, calls or lists. Reads the list of files, then all of them.

FILENAME == list {
	name = $0
	base = name
	sub(/.*\//, "", base)
	if (name ~ /\.(c|S|h|def|awk|sh|gdb|ld)$/ && name !~ /^tests\/lint\/faults\//) {
		wanted[name] = base
		bases[base] = 1
	}
	if (sub(/\/runner\.sh$/, "", name)) runners[name] = 1
	next
}

FNR == 1 {
	file = FILENAME
	own = file
	sub(/.*\//, "", own)
	if (file ~ /\.c$/) stem[file] = 1
}

FNR <= 6 && /^\/\* test:/ { used[own] = 1 }

{
	line = $0
	gsub(/[^A-Za-z0-9_.-]+/, " ", line)
	n = split(line, words, " ")
	for (i = 1; i <= n; i++) {
		if (words[i] in bases && words[i] != own) used[words[i]] = 1
		seen[words[i]] = 1
	}
	# FOLDER/*.c of make and sh: everything of that kind in it.
	while (match($0, /[A-Za-z0-9_-]+\/\*[a-z]*\.[A-Za-z]+/)) {
		glob = substr($0, RSTART, RLENGTH)
		globs[substr(glob, 1, index(glob, "/")) substr(glob, index(glob, "."))] = 1
		$0 = substr($0, RSTART + RLENGTH)
	}
}

# The last folder of a path and the ending, as globs has them.
function glob_of(name, parts, n) {
	n = split(name, parts, "/")
	return n < 2 ? "" : parts[n - 1] "/" substr(parts[n], index(parts[n], "."))
}

# One file for each machine: make says $(arch).S or $(arch)_table.c.
function is_machine(base, rest) {
	rest = base
	return sub(/^(aarch64|armv7a)/, "", rest) && rest in seen
}

# Entry points that make, the test runners or people find by their place.
function is_entry(name, folder) {
	folder = name
	if (sub(/\/[^\/]*\/[^\/]*\.sh$/, "", folder) && folder in runners) return 1
	return name ~ /^tests\/([a-z]+\/)*(test|runner|campaign|run)\.sh$/ ||
		name ~ /^tools\/[a-z]+\.sh$/ || name ~ /^boards\/.*\.c$/ ||
		name ~ /^arch\/[^\/]*\/offsets\.c$/ || name ~ /(crt0\.S|\.ld)$/
}

END {
	for (name in wanted) {
		if (!(wanted[name] in used) && !is_entry(name) && !is_machine(wanted[name]) &&
				!(glob_of(name) in globs))
			print name ":1: unused: nothing builds, includes or calls it"
	}
}
