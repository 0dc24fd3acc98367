# SPDX-License-Identifier: BSD-2-Clause-Patent
# The include graph of our own headers: depth, cycles, and what abi/ may include.

BEGIN {
	count = split(". kernel/include libc-glue/include kernel arch arch/common boards ksm ksm/engine ksm/gate tools tests/host", roots, " ")
}

# First the list of all files, then the files themselves.
FILENAME == list { exists[$0] = 1; next }

FNR == 1 { file = FILENAME; folder = file; sub(/\/[^\/]*$/, "", folder) }

/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	name = $0
	is_system = name ~ /include[ \t]*</
	sub(/^[^<"]*[<"]/, "", name)
	sub(/[>"].*/, "", name)
	if (file ~ /^kernel\/include\/abi\// && (is_system ? name != "stdint.h" : name !~ /^abi\//))
		print file ":" FNR ": abi: includes " name
	# X-tables, and the types that each machine gives to arch.h, are parts of who includes
	# them. A .c that a test includes is looked at by itself.
	if (name ~ /\.(def|c)$/ || name == "arch_types.h") next
	target = resolve(name, is_system)
	if (target != "") {
		edges[file] = edges[file] " " target
		where[file, target] = FNR
	}
}

# The file that a name means; "" for system and generated headers.
function resolve(name, is_system, i) {
	if (!is_system && (folder "/" name) in exists) return folder "/" name
	for (i = 1; i <= count; i++) {
		path = roots[i] == "." ? name : roots[i] "/" name
		if (path in exists) return path
	}
	return ""
}

# Longest chain of headers below a file. A file that is still being looked at closes a cycle.
function depth(name, parts, number, i, below, deepest) {
	if (name in known) return known[name]
	busy[name] = 1
	number = split(edges[name], parts, " ")
	for (i = 1; i <= number; i++) {
		if (parts[i] in busy) {
			print name ":" where[name, parts[i]] ": cycle: " parts[i] " includes this file"
			continue
		}
		below = depth(parts[i]) + 1
		if (below > deepest) {
			deepest = below
			longest[name] = parts[i]
		}
	}
	delete busy[name]
	return known[name] = deepest + 0
}

function chain(name, text) {
	for (text = name; name in longest; name = longest[name]) text = text " > " longest[name]
	return text
}

END {
	for (name in edges) {
		if (name ~ /\.c$/ && depth(name) > 3)
			print name ":" where[name, longest[name]] ": depth: headers " depth(name) \
				" deep, at most 3: " chain(name)
		else
			depth(name)
	}
}
