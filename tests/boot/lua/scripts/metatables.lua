-- SPDX-License-Identifier: 0BSD
-- Metatables: operators, indexing, calls, comparison, inheritance, protection.
local Vector = {}
Vector.__index = Vector
Vector.__name = "Vector"
local function new(x, y) return setmetatable({x = x, y = y}, Vector) end
function Vector.__add(a, b) return new(a.x + b.x, a.y + b.y) end
function Vector.__sub(a, b) return new(a.x - b.x, a.y - b.y) end
function Vector.__mul(a, b)
    if type(a) == "number" then return new(a * b.x, a * b.y) end
    if type(b) == "number" then return new(a.x * b, a.y * b) end
    return a.x * b.x + a.y * b.y
end
function Vector.__unm(a) return new(-a.x, -a.y) end
function Vector.__eq(a, b) return a.x == b.x and a.y == b.y end
function Vector.__lt(a, b) return a.x < b.x end
function Vector.__le(a, b) return a.x <= b.x end
function Vector.__len(a) return 2 end
function Vector.__concat(a, b) return tostring(a) .. "|" .. tostring(b) end
function Vector.__call(self, k) return self[k] end
function Vector.__tostring(a) return "(" .. a.x .. ", " .. a.y .. ")" end
function Vector:length2() return self * self end
local a, b = new(1, 2), new(3, 4)
print(tostring(a + b), tostring(a - b), a * b, tostring(2 * a), tostring(-a), #a)
print(a == new(1, 2), a ~= b, a < b, a >= b, a .. b, a .. "s", 1 .. a, a("x"), b:length2())

local bits = setmetatable({}, {
    __band = function() return "band" end, __bor = function() return "bor" end,
    __bxor = function() return "bxor" end, __shl = function() return "shl" end,
    __shr = function() return "shr" end, __bnot = function() return "bnot" end,
    __idiv = function() return "idiv" end, __mod = function() return "mod" end,
    __pow = function() return "pow" end, __div = function() return "div" end,
})
print(bits & 1, 1 | bits, bits ~ 1, bits << 1, bits >> 1, ~bits, bits // 1, bits % 1, bits ^
    1, bits / 1)

-- Index and newindex: chains, functions, proxies, defaults.
local Base = {greet = function(self) return "I am " .. self.name end}
Base.__index = Base
local Derived = setmetatable({shout = function(self) return self:greet():upper() end}, Base)
Derived.__index = Derived
local object = setmetatable({name = "derived"}, Derived)
print(object:greet(), object:shout(), object.missing, rawget(object, "greet"))
local log = {}
local proxy = setmetatable({}, {
    __index = function(_, k) log[#log + 1] = "get " .. k return k .. "!" end,
    __newindex = function(t, k, v) log[#log + 1] = "set " .. k rawset(t, k, v) end,
})
print(proxy.a, proxy.b)
proxy.c = 1
proxy.c = 2
print(proxy.c, table.concat(log, ", "))
local fixed = setmetatable({}, {__newindex = function() error("read-only", 2) end, __metatable = "locked"})
print(pcall(function() fixed.x = 1 end))
print(getmetatable(fixed), pcall(setmetatable, fixed, {}))
print(getmetatable("").__index == string, ("x"):rep(2))

-- pairs, gc, mode, name, close.
local ordered = setmetatable({}, {__pairs = function(t)
    return function(_, i) i = i + 1 if i <= 3 then return i, i * i end end, t, 0
end})
for i, v in pairs(ordered) do io.write(i, "=", v, " ") end
print()
print(pcall(function() return a + {} end))
print(pcall(function() return {} < {} end))
print(pcall(function() return #nil end))
print(pcall(function() return {} .. "x" end))
print((select(2, pcall(function() local none = {} return none() end))))
local loop = {}
setmetatable(loop, loop)
loop.__index = loop
print((pcall(function() return loop.x end)))
print(select(2, pcall(string.rep)), select(2, pcall(("x").rep, "x", {})))
print(rawequal(a, new(1, 2)), rawlen(setmetatable({1, 2}, {__len = function() return 9 end})))

-- Multiple inheritance by a search function.
local function search(k, parents) for _, p in ipairs(parents) do if p[k] then return p[k] end
    end end
local function class(...)
    local parents = {...}
    local c = setmetatable({}, {__index = function(_, k) return search(k, parents) end})
    c.__index = c
    return c
end
local Named = {getname = function(self) return self.name end}
local Aged = {getage = function(self) return self.age end}
local Person = class(Named, Aged)
local p = setmetatable({name = "Ada", age = 36}, Person)
print(p:getname(), p:getage())
