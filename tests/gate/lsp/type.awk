# SPDX-License-Identifier: BSD-2-Clause-Patent
# A session in which a file is typed letter by letter: each line is a message. -v uri=URI of it;
# -v from=N: the first N letters stand there already. With LC_ALL=C a letter is a byte: ASCII only.
# -v every=N: behind each Nth letter the editor asks what may follow.
function quoted(text) {
	gsub(/\\/, "&&", text)
	gsub(/"/, "\\\"", text)
	gsub(/\t/, "\\t", text)
	gsub(/\n/, "\\n", text)
	return "\"" text "\""
}
function say(method, params) {
	printf "> {\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{\"textDocument\":%s}}\n", method, params
}
function ask(id, method, params) {
	printf "> {\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":%s}\n", id, method, params
}
{ text = text $0 "\n" }
END {
	ask(0, "initialize", "{\"capabilities\":{},\"rootUri\":null}")
	say("textDocument/didOpen", "{\"uri\":\"" uri "\",\"version\":0,\"text\":" \
		quoted(substr(text, 1, from)) "}")
	head = substr(text, 1, from)
	line = gsub(/\n/, "\n", head)
	col = match(head, /[^\n]*$/) ? length(head) - RSTART + 1 : 0
	for (i = from + 1; i <= length(text); i++) {
		letter = substr(text, i, 1)
		at = "{\"line\":" line ",\"character\":" col "}"
		say("textDocument/didChange", "{\"uri\":\"" uri "\",\"version\":" i "}," \
			"\"contentChanges\":[{\"range\":{\"start\":" at ",\"end\":" at "},\"text\":" \
			quoted(letter) "}]")
		col++
		if (letter == "\n") { line++; col = 0 }
		if (every && i % every == 0) {
			ask(i, "textDocument/completion", "{\"textDocument\":{\"uri\":\"" uri \
				"\"},\"position\":{\"line\":" line ",\"character\":" col "}}")
		}
	}
	ask(1000000, "shutdown", "null")
	print "> {\"jsonrpc\":\"2.0\",\"method\":\"exit\"}"
}
