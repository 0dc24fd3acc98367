-- SPDX-License-Identifier: 0BSD
-- Errors: values, levels, handlers, messages with variable names, unwinding, limits of the
-- compiler.
print(pcall(error, "text"))
print(pcall(error, "text", 0))
print(pcall(error))
print(pcall(error, nil))
print(select(2, pcall(error, {code = 5})).code)
print(pcall(function() error("here") end))
print(pcall(function() error("caller", 2) end))
print(xpcall(function() local t = nil; t.x = 1 end, function(m) return "handled: " .. m end))
print(xpcall(function(...) return select("#", ...) end, print, 1, 2, 3))
print(select("#", xpcall(error, function(m) return m, "more" end, "x")))
print(pcall(xpcall))
print((xpcall(function() error("a") end, function() error("b") end)))
print(pcall(pcall, error, "nested"))
local ok, trace = xpcall(function() error("deep") end, debug.traceback)
print(ok, trace:match("deep"), trace:find("stack traceback", 1, true) ~= nil)

local t = {}
for _, source in ipairs {
    "local a; a.b = 1", "return undefined.field", "local t = {}; t.x.y = 1", "return 1 + nil", "return 1 + {}",
    "return 'a' + 1", "return {} .. 'x'", "return 1 < 'x'", "return {} < {}", "return nil > 1", "return #5",
    "return -{}", "local s = 'x'; s()", "undefined()", "local t = {}; t.method()", "local t = {}; t:method()",
    "return 1.5 | 1", "return 'a' | 1", "return 2^63 | 0", "return 1 // 0", "return 1 % 0", "return math.floor({})",
    "return ('x'):bad()", "string.rep()", "setmetatable(1, {})", "return tostring()", "ipairs()", "error()",
    "return assert(false)", "return assert(nil, 'said')", "return assert(false, {})", "for i = 1, 'x' do end",
    "string.char(256)", "string.char(-1)", "return ('x'):rep(-1)", "return select('x')", "local a <const> = 1; return a()",
    "return tonumber('1', 99)", "return tonumber({}, 10)", "coroutine.resume(1)", "return utf8.char('x')",
    "collectgarbage('nonsense')", "return table.concat({{}})", "load(5)", "return rawlen(5)", "next({}, 1)",
} do
    local chunk, problem = load(source, "=t")
    print(source, select(2, pcall(chunk or error, problem)) and select(2, pcall(chunk or
        error, problem)) ~= nil
        and tostring(select(2, pcall(chunk or error, problem))):gsub("0x%x+", "ADDRESS") or "no error")
end

for _, source in ipairs {
    "x = = 1", "if x then", "for i = 1 do end", "return return", "goto nowhere", "break", "local x <odd> = 1",
    "x = 'open", "x = [[open", "--[[ open", "x = 0x", "x = 1e", "x = 3..4", "::a:: ::a::", "x = }", "f(", "local function end",
    "x = '\\q'", "x = '\\300'", "x = '\\u{110000000}'", "x = '\\xZZ'", "a, b += 1", "local 1 = 2", "...", "function f() return ... end",
    "x = ~", "x = not", "@", "x = \"a\nb\"", "do local x <const> = 1; x = 2 end", "goto f; local x; ::f:: print(x)",
} do
    print((select(2, load(source, "=s"))))
end

-- Unwinding puts everything back.
local depth = 0
local function down(n)
    depth = depth + 1
    local guard <close> = setmetatable({}, {__close = function() depth = depth - 1 end})
    if n == 0 then error("bottom", 0) end
    down(n - 1)
end
print(pcall(down, 50))
print(depth)
for i = 1, 2000 do pcall(error, i) end
print(pcall(string.rep, "x", -1), #string.rep("x", 1000))

-- What is too deep is an error.
print((pcall(load, "return " .. ("("):rep(300) .. "1" .. (")"):rep(300))))
print(select(2, load("return " .. ("("):rep(300) .. "1" .. (")"):rep(300), "=deep")))
print(select(2, load("return " .. ("{"):rep(300) .. ("}"):rep(300), "=deep")))
local many = {}
for i = 1, 250 do many[i] = "local v" .. i .. " = " .. i end
print(select(2, load(table.concat(many, "\n"), "=many")))
print(tostring(select(2, pcall(string.gsub, ("a"):rep(300), ("(a"):rep(40), ""))):match("too many captures") or "captures")
