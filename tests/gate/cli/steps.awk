# SPDX-License-Identifier: BSD-2-Clause-Patent
# The tutorial as a shell script: writes what it says into thermostat.gate, types what it types.
# Blocks: ```gate is appended, ```gate instead of X takes the place of the item that begins so (of
# all behind it, if X is `test`), ```console holds commands and what they print.
# -v fill=1: prints the tutorial with what the commands print now.
function quoted(text) {
	gsub(/\047/, "\047\\\047\047", text)
	return "\047" text "\047"
}

function show(text) {
	if (fill) print "echo " quoted(text)
}

BEGIN {
	print "say() { printf \047%s\\n\047 \"$1\"; }"
}

/^```gate/ {
	mode = "gate"
	instead = $0
	if (!sub(/^```gate instead of /, "", instead)) instead = ""
	print ": >block"
	show($0)
	next
}

/^```console$/ {
	mode = "console"
	show($0)
	next
}

/^```$/ {
	show($0)
	if (mode == "gate") print "put " quoted(instead)
	mode = ""
	next
}

mode == "gate" {
	print "say " quoted($0) " >>block"
	show($0)
	next
}

mode == "console" && /^\$ / {
	if (fill) print "say " quoted($0)
	else print "say " quoted($0) " | tee -a said >>due"
	print "{ " substr($0, 3) "; } " (fill ? "2>&1" : ">>said 2>&1")
	next
}

mode == "console" {
	if (!fill) print "say " quoted($0) " >>due"
	next
}

{
	if (fill) print "say " quoted($0)
}
