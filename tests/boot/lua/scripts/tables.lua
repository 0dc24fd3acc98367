-- SPDX-License-Identifier: 0BSD
-- Tables: arrays, hashes, the table library, iteration.
local t = {10, 20, 30, x = 1, ["y z"] = 2, [100] = 3, [1.5] = 4, [true] = 5}
print(#t, t.x, t["y z"], t[100], t[1.5], t[true], t[1.0], t[2^53])
table.insert(t, 40)
table.insert(t, 1, 5)
print(table.concat(t, ","), #t, table.remove(t), table.remove(t, 1), table.concat(t, ","))
print(table.unpack({1, 2, nil, 4}, 1, 4))
print(select("#", table.unpack({}, 1, 3)), table.pack(1, nil, 3).n)
print(table.concat({1, 2.5, "x"}, "-"), table.concat({}, "x"), table.concat({1, 2, 3}, ",", 2, 3))
print(table.concat(table.move({1, 2, 3, 4, 5}, 2, 5, 1), ","), table.concat(table.move({1, 2}, 1, 2, 3, {9, 9}), ","))
print(pcall(table.concat, {1, {}, 3}))
print(pcall(table.insert, {1, 2}, 5, 0))
print(pcall(table.insert, {1}, 1, 2, 3))
print(pcall(table.unpack, {}, 1, 1e8))

-- Sorting: numbers, words, an order of one's own, a bad order.
local numbers = {}
local state = 42
for i = 1, 500 do
    state = (state * 1103515245 + 12345) % 2147483648
    numbers[i] = state % 1000
end
table.sort(numbers)
local sorted = true
for i = 2, #numbers do sorted = sorted and numbers[i - 1] <= numbers[i] end
print(sorted, numbers[1], numbers[250], numbers[500])
local words = {"pear", "Apple", "fig", "apple", "date"}
table.sort(words)
print(table.concat(words, " "))
table.sort(words, function(a, b) return #a > #b or (#a == #b and a < b) end)
print(table.concat(words, " "))
print(pcall(table.sort, {3, "x", 1}))
print((pcall(table.sort, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, function() return true end)))

-- Iteration: ipairs stops at a hole, pairs sees everything once, next by hand.
local seen = {}
for i, v in ipairs({1, 2, nil, 4}) do seen[#seen + 1] = i .. "=" .. v end
print(table.concat(seen, " "))
local keys = {}
for k in pairs({a = 1, b = 2, c = 3, 10, 20}) do keys[#keys + 1] = tostring(k) end
table.sort(keys)
print(table.concat(keys, " "))
print(next({}), next({7}), rawlen({1, 2}), rawequal(t, t), rawget(t, "nothing"))
local removed = {}
for i = 1, 100 do removed[i] = i end
for k in pairs(removed) do removed[k] = nil end
print(next(removed), #removed)
print(pcall(next, {}, "no key"))
print(pcall(function() local a = {} a[nil] = 1 end))
print(pcall(function() local a = {} a[0 / 0] = 1 end))

-- Growth: a large array, a sparse one, many keys, shrinking again.
local large = {}
for i = 1, 5000 do large[i] = i * i end
print(#large, large[5000])
for i = 5000, 11, -1 do large[i] = nil end
print(#large)
local hash = {}
for i = 1, 1000 do hash["k" .. i] = i end
local sum = 0
for _, v in pairs(hash) do sum = sum + v end
print(sum)

-- Tables as objects of other kinds: a queue, a set, a matrix, a linked list.
local queue = {first = 1, last = 0}
local function push(v) queue.last = queue.last + 1 queue[queue.last] = v end
local function pop() local v = queue[queue.first] queue[queue.first] = nil queue.first =
    queue.first + 1 return v end
push "a" push "b" push "c"
print(pop(), pop(), pop(), pop())
local m = {}
for i = 1, 3 do m[i] = {} for j = 1, 3 do m[i][j] = i * j end end
print(m[2][3], m[3][3], #m, #m[1])
local list
for i = 1, 5 do list = {value = i, next = list} end
local out = {}
while list do out[#out + 1] = list.value list = list.next end
print(table.concat(out, ">"))
