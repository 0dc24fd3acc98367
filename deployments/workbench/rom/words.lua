-- SPDX-License-Identifier: 0BSD
-- run lua /rom/words.lua FILE...: the words of the files, most frequent first.
local counts, words = {}, {}
for _, name in ipairs(arg) do
    local file <close> = assert(io.open(name))
    for word in file:read("a"):lower():gmatch("%a+") do
        if not counts[word] then words[#words + 1] = word end
        counts[word] = (counts[word] or 0) + 1
    end
end
table.sort(words, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
end)
for i = 1, math.min(10, #words) do print(counts[words[i]], words[i]) end
