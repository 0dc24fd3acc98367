# SPDX-License-Identifier: BSD-2-Clause-Patent
# What the server said: a line `< JSON` for each frame; what is wrong with a frame is a line, too.
BEGIN { RS = "Content-Length: " }
NR == 1 && $0 == "" { next }
{
	at = index($0, "\r\n\r\n")
	body = substr($0, at + 4)
	if (at == 0 || length(body) != substr($0, 1, at - 1) + 0) {
		print "a frame of " length(body) " bytes says " substr($0, 1, at - 1)
	}
	gsub(root, "@ROOT@", body)
	print "< " body
}
