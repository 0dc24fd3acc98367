# SPDX-License-Identifier: BSD-2-Clause-Patent
# Counts lines that are neither blank nor only comment.
{
	line = $0
	text = ""
	while (line != "") {
		if (inside) {
			at = index(line, "*/")
			if (at == 0) {
				break
			}
			line = substr(line, at + 2)
			inside = 0
		} else {
			at = index(line, "/*")
			if (at == 0) {
				text = text line
				break
			}
			text = text substr(line, 1, at - 1)
			line = substr(line, at + 2)
			inside = 1
		}
	}
	if (text ~ /[^ \t]/) {
		count++
	}
}
END { print count + 0 }
