# SPDX-License-Identifier: BSD-2-Clause-Patent
# A session in which each file of the command line is opened, looked up and closed.
# -v root=FOLDER in which they are.
function quoted(text) {
	gsub(/\\/, "&&", text)
	gsub(/"/, "\\\"", text)
	gsub(/\t/, "\\t", text)
	gsub(/\r/, "\\r", text)
	return text
}
function done() {
	if (name == "") return
	file = "\"uri\":\"file://" root "/" name "\""
	printf "> {\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":" \
		"{%s,\"version\":1,\"text\":\"%s\"}}}\n", file, text
	printf "> {\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"textDocument/hover\",\"params\":" \
		"{\"textDocument\":{%s},\"position\":{\"line\":%d,\"character\":%d}}}\n", ++count, file, last, 1
	printf "> {\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didClose\",\"params\":" \
		"{\"textDocument\":{%s}}}\n", file
}
BEGIN { print "> {\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}" }
FNR == 1 { done(); name = FILENAME; text = "" }
{ text = text quoted($0) "\\n"; if ($0 ~ /^allow /) last = FNR - 1 }
END {
	done()
	print "> {\"jsonrpc\":\"2.0\",\"id\":" count + 1 ",\"method\":\"shutdown\"}"
	print "> {\"jsonrpc\":\"2.0\",\"method\":\"exit\"}"
}
