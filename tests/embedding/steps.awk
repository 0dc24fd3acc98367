# SPDX-License-Identifier: BSD-2-Clause-Patent
# docs/ksm-embedding.md as a shell script: ```LANGUAGE FILE writes the block to the file, ```console
# types its commands; what they print is compared with what the page shows. ```console with TOOL...
# is left out where a tool is missing.
function quoted(text) {
	gsub(/\047/, "\047\\\047\047", text)
	return "\047" text "\047"
}

BEGIN {
	print "say() { printf \047%s\\n\047 \"$1\"; }"
	# Two tests may build at once, make may not.
	print "make() { flock \"$LOCK\" make \"$@\"; }"
}

/^```console/ {
	mode = "console"
	if (sub(/^```console with /, "")) {
		gsub(/ /, " \\&\\& command -v ")
		print "if command -v " $0 "; then :"
	} else {
		print "if :; then :"
	}
	next
}

/^```[a-z]+ / {
	mode = "file"
	file = $2
	print ": >" file
	next
}

/^```$/ {
	if (mode == "console") print "fi >/dev/null"
	mode = ""
	next
}

mode == "file" { print "say " quoted($0) " >>" file }

mode == "console" && /^\$ / {
	print "say " quoted($0) " | tee -a said >>due"
	print "{ " substr($0, 3) (/&$/ ? "" : ";") " } >>said 2>&1"
	next
}

mode == "console" { print "say " quoted($0) " >>due" }
