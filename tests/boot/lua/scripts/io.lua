-- SPDX-License-Identifier: 0BSD
-- Files: written, read in every way, positions, lines, errors, temporary ones.
local name = "io.tmp"
local f <close> = assert(io.open(name, "w"))
print(io.type(f), io.type(io.stdout), io.type(42))
print(f:write("first line\n", 2, " ", 3.5, "\n\nlast without end") == f, f:seek("cur"), f:seek("set", 6))
f:write("LINE")
f:close()
print(io.type(f), pcall(f.write, f, "x"))

for line in io.lines(name) do io.write("[", line, "]") end
print()
for line in io.lines(name, "L") do io.write("[", (line:gsub("\n", "$")), "]") end
print()
local g = assert(io.open(name))
print(g:read("l", "n", "n", "l", "L", "a", "a", "l"))
print(g:seek("set", 0), g:read(5), g:read(0), g:seek("end"), g:read(0), g:read("a"), g:read(1))
print(g:seek("set", 3), g:read(1), pcall(g.seek, g, "nowhere"), pcall(g.read, g, "x"))
g:close()

-- Appending, updating, binary data.
local a = assert(io.open(name, "a"))
a:write("\nappended")
a:close()
local u = assert(io.open(name, "r+b"))
u:write("F")
u:seek("end", -8)
print(u:read("a"))
u:close()
local b = assert(io.open(name, "wb"))
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
b:write(table.concat(all))
b:close()
local data = assert(io.open(name, "rb")):read("a")
print(#data, data == table.concat(all))

-- Buffers, defaults, numbers.
local n = assert(io.open(name, "w"))
print(n:setvbuf("full", 1024), n:setvbuf("no"), n:setvbuf("line"))
n:write("0x1F -7 3.25e1 .5 nan 99999999999999999999\n")
n:close()
local r = assert(io.open(name))
print(r:read("n", "n", "n", "n", "n"))
r:close()
io.output(name)
io.write("by default ", 1, "\n")
io.close()
io.output(io.stdout)
io.input(name)
print(io.read("a"))
io.close(io.input())
io.input(io.stdin)

-- A large file, piece by piece.
local big = assert(io.open(name, "w"))
for i = 1, 2000 do big:write(i, "\n") end
big:close()
local sum, lines = 0, 0
for n in io.lines(name, "n") do sum = sum + n lines = lines + 1 end
print(sum, lines)

-- Errors.
print(select("#", io.open("no/such/folder/file")), io.open("no/such/folder/file") == nil, select(3, io.open("no/such/folder/file")))
print(pcall(io.open, name, "odd"))
print((pcall(io.lines, "no/such/folder/file")))
print(os.rename(name, name .. "2"), io.open(name) == nil, os.remove(name .. "2"), (os.remove(name .. "2")))
print(tostring(f), tostring(io.stdout):match("^file %("))
io.stderr:write("")
