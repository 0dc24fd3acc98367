# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads a trace of trace.c, then `objdump -dl`: prints `T FILE LINE EXECUTED` for each instruction
# of the kernel's files, `C FILE LINE OUTCOMES TAKEN` for each conditional branch.
FNR == 1 { part++ }
part == 1 {
	if ($1 == "i") seen[$2] = 1
	else edge[$2, $3] = 1
	next
}
/^[^ ].*\.[chS]:[0-9]+( |$)/ {
	place = $1
	sub(/^(\.\/)+/, "", place)
	file = place
	sub(/:.*/, "", file)
	line = place
	sub(/.*:/, "", line)
	is_ours = file ~ /^kernel\/[a-z_]*\.c$/
	next
}
# What the last branch goes on to if it does not branch.
pending && /^ *[0-9a-f]+:\t/ {
	address = $1
	sub(/:/, "", address)
	print "C", pending, 2, ((from, target) in edge) + ((from, address) in edge)
	pending = ""
}
is_ours && /^ *[0-9a-f]+:\t/ {
	address = $1
	sub(/:/, "", address)
	print "T", file, line, (address in seen) + 0
	operation = $3
	if (operation ~ /^(b\.[a-z][a-z]|cbn?z|tbn?z)$/ || operation ~ \
			/^b(eq|ne|cs|cc|mi|pl|vs|vc|hi|ls|ge|lt|gt|le)$/) {
		from = address
		target = $0
		sub(/ *<.*/, "", target)
		sub(/.*[ \t]/, "", target)
		sub(/^0x/, "", target)
		pending = file " " line
	}
}
