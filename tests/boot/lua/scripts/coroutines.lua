-- SPDX-License-Identifier: 0BSD
-- Coroutines: values both ways, generators, errors, wrap, close, deep ones.
local co = coroutine.create(function(a, b)
    print("start", a, b)
    local c = coroutine.yield(a + b)
    print("got", c)
    local d, e = coroutine.yield(c * 2)
    print("got", d, e)
    return "end", d + e
end)
print(coroutine.status(co), coroutine.resume(co, 1, 2))
print(coroutine.status(co), coroutine.resume(co, 10))
print(coroutine.resume(co, 3, 4))
print(coroutine.status(co), coroutine.resume(co))

local function range(n)
    return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)
end
local sum = 0
for i in range(100) do sum = sum + i end
print(sum)

-- Permutations, by recursion that yields.
local function permute(list, n)
    if n <= 1 then
        coroutine.yield(table.concat(list, ""))
        return
    end
    for i = 1, n do
        list[n], list[i] = list[i], list[n]
        permute(list, n - 1)
        list[n], list[i] = list[i], list[n]
    end
end
local all = {}
for p in coroutine.wrap(function() permute({"a", "b", "c"}, 3) end) do all[#all + 1] = p end
print(table.concat(all, " "))

-- Errors stay inside; a dead one says so.
local bad = coroutine.create(function() local x = nil; return x.field end)
print(coroutine.resume(bad))
print(coroutine.resume(bad))
print(select(2, pcall(coroutine.wrap(function() error({code = 7}) end))).code)
print(select(2, pcall(coroutine.wrap(function() error("text", 0) end))))
print(coroutine.isyieldable(), select(2, coroutine.running()))
print(pcall(coroutine.yield))

-- Through pcall, metamethods, iterators and sort.
local inner = coroutine.wrap(function()
    print(pcall(function()
        coroutine.yield("from pcall")
        error("after", 0)
    end))
    local object = setmetatable({}, {__add = function(_, n) return coroutine.yield("from add") + n end})
    print(object + 5)
    for v in function(_, i) i = (tonumber(i) or 0) + 1 if i < 3 then return coroutine.yield("from for " .. i) end end do
        print("item", v)
    end
    return "done"
end)
print(inner())
print(inner())
print(inner(37))
print(inner("1"))
print(inner(nil))

-- Closing runs what was to be closed.
local closing = coroutine.create(function()
    local guard <close> = setmetatable({}, {__close = function(_, err) print("closed", err) end})
    coroutine.yield(1)
    print("never")
end)
print(coroutine.resume(closing))
print(coroutine.close(closing), coroutine.status(closing))

-- A pipe of many, and many at once.
local function filter(source, prime)
    return coroutine.wrap(function()
        for n in source do if n % prime ~= 0 then coroutine.yield(n) end end
    end)
end
local source = coroutine.wrap(function() for i = 2, 60 do coroutine.yield(i) end end)
local primes = {}
while true do
    local p = source()
    if not p then break end
    primes[#primes + 1] = p
    source = filter(source, p)
end
print(table.concat(primes, " "))
local threads = {}
for i = 1, 200 do
    threads[i] = coroutine.wrap(function() local n = i while true do coroutine.yield(n) n = n
        + 1 end end)
end
local total = 0
for round = 1, 3 do for i = 1, 200 do total = total + threads[i]() end end
print(total)

-- A coroutine in a coroutine in a coroutine ... ends with an error, not with the machine.
local function nest(n)
    return coroutine.wrap(function() return n == 0 and "bottom" or nest(n - 1) end)()
end
print(nest(50))
print((pcall(nest, 1000)))
