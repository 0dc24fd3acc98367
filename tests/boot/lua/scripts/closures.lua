-- SPDX-License-Identifier: 0BSD
-- Functions: upvalues, varargs, tail calls, recursion, scope, goto, integer loops.
local function counter()
    local n = 0
    return function() n = n + 1 return n end, function() return n end
end
local up, look = counter()
up() up()
local other = counter()
print(up(), look(), other())

local functions = {}
for i = 1, 3 do functions[i] = function() i = i + 10 return i end end
print(functions[1](), functions[1](), functions[2](), functions[3]())

local function varargs(...)
    local a, b = ...
    return select("#", ...), a, b, (select(-1, ...))
end
print(varargs(1, nil, 3))
print((varargs(1, 2, 3)))
print(pcall(select, 0))

local function tail(n, acc)
    if n == 0 then return acc end
    return tail(n - 1, acc + n)
end
print(tail(100000, 0))

-- Each level is one of the C stack, too.
local function deep(text) return (text:gsub(".", deep)) end
local ok, message = pcall(deep, "x")
print(ok, message:match("C stack overflow"))

local function ackermann(m, n)
    if m == 0 then return n + 1 end
    if n == 0 then return ackermann(m - 1, 1) end
    return ackermann(m - 1, ackermann(m, n - 1))
end
print(ackermann(2, 9))

local function curry(f, a) return function(...) return f(a, ...) end end
print(curry(math.max, 5)(3, 9, 1), curry(curry(string.rep, "ab"), 3)())

-- Y combinator: recursion without a name.
local Y = function(f) return (function(x) return x(x) end)(function(x) return f(function(...)
    return x(x)(...) end) end) end
print(Y(function(self) return function(n) return n < 2 and 1 or n * self(n - 1) end end)(20))

do
    local x = 1
    do local x = 2 print(x) end
    print(x)
    for i = 1, 3 do
        for j = 1, 3 do
            if j == 2 then goto continue end
            io.write(i, ":", j, " ")
            ::continue::
        end
    end
    print()
end

-- Attributes.
local constant <const> = 42
print(constant, load("local c <const> = 1; c = 2"))
do
    local order = {}
    local function guard(name)
        return setmetatable({}, {__close = function(_, e) order[#order + 1] = name .. ":" .. tostring(e) end})
    end
    pcall(function()
        local a <close> = guard("a")
        local b <close> = guard("b")
        error("boom", 0)
    end)
    print(table.concat(order, " "))
end

-- Loops at the ends of the integers; float loops.
local n = 0
for i = math.maxinteger - 2, math.maxinteger do n = n + 1 end
for i = math.mininteger, math.mininteger + 2 do n = n + 1 end
print(n)
for x = 1, 0, -0.25 do io.write(x, " ") end
print()
print(pcall(function() for i = 1, 10, 0 do end end))
print(pcall(function() for i = "a", 10 do end end))

-- Code that is made at run time, and code that is kept as bytes.
local chunk = load("local a, b = ... return a * b, _ENV == nil")
print(chunk(6, 7))
print(load("return x", "named", "t", {x = "from env"})())
print(load("x ="))
print(load("return +", "=here"))
local pieces = {"return ", "1 ", "+ 2"}
local index = 0
print(load(function() index = index + 1 return pieces[index] end)())
local dumped = string.dump(function(a) return a + 1 end, true)
print(type(dumped), load(dumped, "dumped", "b")(41), load(dumped, "dumped", "t"))
print(require == nil, package.loaded.string == string, type(package.path))
package.preload.mine = function(name) return {name = name} end
print(require("mine").name, require("mine") == require("mine"), (pcall(require, "not there")))
print(#debug.traceback("trace", 1) > 5, debug.getinfo(1, "l").currentline, debug.getinfo(print).what)
