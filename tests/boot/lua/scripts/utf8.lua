-- SPDX-License-Identifier: 0BSD
-- The utf8 library.
local text = "aé€𐍈z"
print(#text, utf8.len(text), utf8.len(text, 2), utf8.len(""), utf8.char(97, 233, 8364, 66376))
for p, c in utf8.codes(text) do io.write(p, ":", c, " ") end
print()
print(utf8.codepoint(text, 1, -1))
print(utf8.offset(text, 3), utf8.offset(text, -1), utf8.offset(text, 0, 3), utf8.offset(text, 9))
print(utf8.len("\xff"), utf8.len("ab\x80"))
print(pcall(utf8.codepoint, "\xff"))
print(pcall(function() for _ in utf8.codes("a\xffb") do end end))
print(utf8.len("\u{D7FF}"), utf8.len("\u{7FFFFFFF}"), utf8.len("\u{7FFFFFFF}", 1, -1, true))
print(#utf8.char(0x7fffffff), pcall(utf8.char, -1))
for c in text:gmatch(utf8.charpattern) do io.write("[", c, "]") end
print()
local reversed = {}
for _, c in utf8.codes(text) do table.insert(reversed, 1, utf8.char(c)) end
print(table.concat(reversed))
