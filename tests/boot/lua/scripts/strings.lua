-- SPDX-License-Identifier: 0BSD
-- Strings: escapes, bytes, formats, patterns, packing.
print(#"a\0b", ("a\0b"):byte(1, -1))
print("\65\x42\u{43}\z
       D", [[
long]], [==[a]]b]==], '\'"', "tab\tend")
print(("abc"):rep(3, "-"), ("abc"):reverse(), ("MiXed"):lower(), ("MiXed"):upper())
print(("hello"):sub(2, -2), ("hello"):sub(-3), ("hello"):sub(10), ("hello"):sub(0, 1))
print(string.char(72, 105), ("Hi"):byte(), ("Hi"):byte(-1), #string.char())
print(1 .. 2, "10" + 5, "0x10" * 2, "1e1" + 0, 10 // "3", -"2")
print("a" < "b", "a" < "B", "" < "a", "a\0b" < "a\0c", "Z" <= "Z")

-- Formats.
print(string.format("%5d|%-5d|%05d|%+d|%x|%X|%#x|%o", 42, 42, 42, 42, 255, 255, 255, 8))
print(string.format("%.3f|%10.2f|%-10.2f|%e|%g|%g|%g", 3.14159, 2.5, 2.5, 12345.678, 1e20, 1e-5, 0.1))
print(string.format("%s|%10s|%-10s|%.2s|%q", "x", "x", "x", "xyz", 'a "quoted"\n\0line\\'))
print(string.format("%q %q %q", 1 / 3, math.mininteger, 255))
print(string.format("%c%c%c %%", 76, 117, 97), string.format("%i", 3.0), string.format("%a", 1.0))
print(string.format("%s %s %s", nil, true, setmetatable({}, {__tostring = function() return "T" end})))
print(pcall(string.format, "%d", 1.5))
print(pcall(string.format, "%d", "x"))
print(pcall(string.format, "%y", 1))
print(pcall(string.rep, "x", 1 << 60))

-- Patterns.
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"))
print(("one two  three"):gsub("%w+", "<%0>"))
print(("hello world"):gsub("o", {o = "0"}, 1))
print(("abc"):gsub("", "-"))
print(("abc"):gsub("%w", function(c) if c == "b" then return false end return c:byte() .. "," end))
print(("x = (a (b) c) y"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"))
print(("THE quick"):find("quick", 1, true), ("a.b"):find(".", 1, true), ("a.b"):find("%."))
print(("  trim me  "):match("^%s*(.-)%s*$") .. "|", ("aaa"):find("a-", 2), ("aaa"):match("^(a-)$"))
print(("f(a,b)"):match("()%("), ("THE (quick) fox"):gsub("%f[%a]%a+", string.lower))
for k, v in ("a=1, b=2, c=3"):gmatch("(%w+)=(%w+)") do io.write(k, ":", v, " ") end
for w in ("one two"):gmatch("%a+") do io.write("[", w, "]") end
print()
print(("0123456789"):gsub("%d", {["3"] = "three", ["5"] = false}))
print(pcall(string.gsub, "x", "(", ""))
print(pcall(string.gsub, "x", "[a", ""))
print(pcall(string.gsub, "x", "x", "%2"))
print(pcall(string.match, "x", "%"))

-- Packing: the same bytes on every machine.
local packed = string.pack("<i2 >I4 z s1 <d", -2, 0xdeadbeef, "zero", "len", 0.5)
print((packed:gsub(".", function(c) return ("%02x "):format(c:byte()) end)))
print(string.unpack("<i2 >I4 z s1 <d", packed))
print(string.packsize("<i1 !8 i8"), pcall(string.pack, "i1", 200))
print(pcall(string.unpack, "<i4", "abc"))

-- Numbers in and out of strings.
print(tonumber("  12  "), tonumber("0x1p4"), tonumber("1e"), tonumber("z", 36), tonumber("ff", 16), tonumber("8", 8))
print(tostring(1e15), tostring(1e100), tostring(-0.0), tostring(1 / 0), tostring(2^53), 2^31 | 0)

-- Many and long strings: interning and buffers.
local parts = {}
for i = 1, 2000 do parts[i] = "part" .. i end
local all = table.concat(parts, ";")
print(#all, all:sub(1, 20), select(2, all:gsub(";", "")))
local count = 0
for _ in all:gmatch("9") do count = count + 1 end
print(count)
