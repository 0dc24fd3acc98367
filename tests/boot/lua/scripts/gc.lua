-- SPDX-License-Identifier: 0BSD
-- Garbage: it is collected, weak tables lose it, finalizers run, and the end of memory is an error
-- that a program survives. To be run where memory is limited.
local function churn(n)
    for i = 1, n do local t = {i, {i}, tostring(i)} end
end
collectgarbage()
local before = collectgarbage("count")
churn(50000)
collectgarbage()
local after = collectgarbage("count")
print("does not grow", after < before + 20)

local weak = setmetatable({}, {__mode = "v"})
weak.gone = {}
weak.kept = before and {}
local kept = weak.kept
weak[1] = "strings stay"
collectgarbage()
print(weak.gone, weak.kept == kept, weak[1])
local keys = setmetatable({}, {__mode = "k"})
keys[{}] = 1
keys[kept] = 2
do local key = {} keys[key] = {key} end
collectgarbage()
local count = 0
for _ in pairs(keys) do count = count + 1 end
print(count, keys[kept])

local order = {}
for i = 1, 3 do setmetatable({}, {__gc = function() order[#order + 1] = i end}) end
collectgarbage()
print(table.concat(order, " "))
local revived
do
    local phoenix = setmetatable({name = "phoenix"}, {__gc = function(o) revived = o end})
end
collectgarbage()
print(revived and revived.name)
print(pcall(collectgarbage, "step", 100) and collectgarbage("isrunning"))
collectgarbage("stop")
print(collectgarbage("isrunning"))
collectgarbage("restart")
print(collectgarbage("generational"), collectgarbage("incremental"))
collectgarbage("generational")
churn(20000)
collectgarbage("incremental")

-- The end of memory.
local function hoard()
    local all = {}
    while true do all[#all + 1] = ("x"):rep(4096) .. #all end
end
for round = 1, 3 do
    local ok, problem = pcall(hoard)
    collectgarbage()
    print(round, ok, problem)
end
local ok, problem = pcall(function() local s = "x" while true do s = s .. s end end)
print(ok, problem)
local ok, problem = pcall(function() local t = {} for i = 1, 1e9 do t[i] = i end end)
print(ok, problem)
collectgarbage()
print("and works on", #("y"):rep(1000), collectgarbage("count") < before + 50)
