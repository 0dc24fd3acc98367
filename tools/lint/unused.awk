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
	next
}

FNR == 1 {
	file = FILENAME
	own = file
	sub(/.*\//, "", own)
	if (file ~ /\.c$/) stem[file] = 1
}

# Entry points that make, the runner or people find by their place.
FNR <= 6 && /^\/\* test:/ { used[own] = 1 }

{
	line = $0
	gsub(/[^A-Za-z0-9_.-]+/, " ", line)
	n = split(line, words, " ")
	for (i = 1; i <= n; i++) {
		if (words[i] in bases && words[i] != own) used[words[i]] = 1
	}
}

function is_entry(name) {
	return name ~ /^tests\/([a-z]+\/)*(test|runner|campaign|run)\.sh$/ || name ~ /^tools\/[a-z]+\.sh$/ ||
		name ~ /^boards\/.*\.c$/ || name ~ /^arch\/[^\/]*\/offsets\.c$/ || name ~ /(crt0\.S|\.ld)$/
}

END {
	for (name in wanted) {
		if (!(wanted[name] in used) && !is_entry(name))
			print name ":1: unused: nothing builds, includes or calls it"
	}
}
