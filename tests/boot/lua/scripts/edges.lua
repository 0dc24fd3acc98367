-- SPDX-License-Identifier: 0BSD
-- Where C libraries differ, and how deep one may go.

-- Numbers as text, to the last digit, in both directions.
for _, x in ipairs {1e308, 2^-1022, 1.7976931348623157e308, 0.1, 1 / 3, 123456789012345678,
    -0.0, 2^63} do
    print(string.format("%.14g %.17g %.0f %a %25.3e %-20.8g| %+.3f % g", x, x, x, x, x, x, x, x))
end
print(#string.format("%99.99f", -1e308), string.format("%#.3x %#o %.0s %5.1s|", 255, 8, "abc",
    "xyz"))
print(string.format("%-+8.3d|% 5d|%+.0e|%#.0f|%G", 7, 42, 12345.0, 3.0, 1e-10))
print(pcall(string.format, "%100d", 1), pcall(string.format, "%.100f", 1))
for _, s in ipairs {"0x.1", "0x1.8p-2", "0xA.8P1", "1e+", "1e5000", "-1e5000", "0x", ".e1",
    "1..2", " 0x10 ", "1 2", "9223372036854775808",
    "0xffffffffffffffffff", "1e-400", "4.9e-324", "inf", "nan", "0x1p-1080", "\t7\n", "7\0"} do
    print(s:gsub("%c", "?"), tonumber(s))
end
print(math.tointeger("8"), math.tointeger(2^53), 2^53 == 2^53 + 1, math.ult(-1, 1), -7 // 2,
    -7 % 3, -7.5 % 2, 5.3 // -2)
print(math.fmod(-6, 4), math.fmod(-6.5, 4), pcall(math.fmod, 1, 0), 1e300 * 1e10,
    -1 / math.huge, math.huge // 1)
for _, f in ipairs {"sin", "cos", "tan", "asin", "acos", "atan", "exp", "sqrt"} do
    print(f, string.format("%.12g %.12g", math[f](0.5), math[f](0.9)))
end
print(math.atan(1, -1), math.atan(-0.0, -1), math.log(8, 2), math.log(1000, 10), math.log(0),
    math.sqrt(-1) ~= math.sqrt(-1))
print(math.floor(-3.5), math.ceil(-3.5), math.floor(1e100), math.modf(-3.7), math.modf(math.huge))
math.randomseed(42)
local a, b, c = math.random(), math.random(1000), math.random(0)
math.randomseed(42)
print(a == math.random(), b == math.random(1000), c == math.random(0), a, b, c)
print(pcall(math.random, 2, 1), pcall(math.random, 1, 2, 3), math.random(math.mininteger,
    math.maxinteger) ~= nil)

-- Dates of every kind.
for _, t in ipairs {0, 1, 951782400, 951868799, 1709164800, 4102444799, 253402300799, -1,
    -86401, -2208988800, 2^31, 2^32} do
    t = math.tointeger(t)
    print(t,
    os.date("!%Y-%m-%d %H:%M:%S %a %b %j %U %w", t),
    os.date("!%W %y %D %F %T %R %I %p %e %C %g %G %u %V %n%t%h", t))
    local d = os.date("!*t", t)
    print(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst)
end
for _, s in ipairs {"%E", "%Q", "%Ea", "%O", "%Oy", "%5"} do print(s, pcall(os.date, "!" .. s,
    0)) end
print(os.date("!%Ey %EY %Od %Oe %OH %OI %Om %OM %OS %Ou %OU %OV %Ow %OW %Oy", 1e9))
print(os.date("!%Ec|%Ex|%EX|%c|%x|%X|%r", 1e9))
print((pcall(os.date, "!%c", 1 << 40)))
local t = os.time {year = 2020, month = 2, day = 30, hour = 25, min = 61, sec = 61}
print(os.date("%Y-%m-%d %H:%M:%S", t), os.time {year = 1970, month = 1, day = 2, hour = 0},
    os.time {year = 2100, month = -5, day = 0})
for _, d in ipairs {{year = 2^40, month = 1, day = 1}, {year = 2000, month = "x", day = 1},
    {year = 2000, month = 1.5, day = 1},
    {year = 2000, day = 1}, {year = "2001", month = " 9", day = "0x10", hour = 0}, {year = 2000,
    month = 2^33, day = 1}} do
    print(pcall(os.time, d))
end

-- Texts in the order of their bytes, characters of every class.
local classes = {}
for _, class in ipairs {"a", "c", "d", "g", "l", "p", "s", "u", "w", "x"} do
    local n = 0
    for i = 0, 255 do if string.char(i):find("%" .. class) then n = n + 1 end end
    classes[#classes + 1] = class .. n
end
print(table.concat(classes, " "), "\xe4" < "\xf6", "a" < "\xe4", ("\xc4"):lower() == "\xc4",
    "\0" < "\1", "a\0a" < "a\0b")
print(("x"):rep(10, "\0"):byte(1, 3), ("\0\0"):find("\0", 2, true),
    ("a\0b"):match("%z") == "\0", ("a\nb"):match("^b"))

-- Deep, and back again.
local function deep(n) return n == 0 and 0 or 1 + deep(n - 1) end
print(deep(15000))
-- How much memory there is decides which of the two ends it.
local function says(f, ...)
    local ok, problem = pcall(f, ...)
    local said = tostring(problem)
    if said:find("not enough memory") then return ok, "stack overflow" end
    for _, known in ipairs {"stack overflow", "too complex", "error in error handling"} do
        if said:find(known) then return ok, known end
    end
    return ok, problem
end
local function forever() return 1 + forever() end
print(says(forever))
local wide = setmetatable({}, {__index = function(t, k) return t[k + 1] end})
print(says(function() return wide[1] end))
collectgarbage()
local loop = setmetatable({}, {})
getmetatable(loop).__index = loop
print(pcall(function() return loop.x end))
print(says(function() local function g(s) return (s:gsub(".", g)) end return g("a") end))
print(says(string.match, ("a"):rep(20000), (".-"):rep(20000) .. "b"))
print(says(string.find, ("x"):rep(20000), ("x?"):rep(20000)))
collectgarbage()
local co = coroutine.wrap(function()
    local function down() return coroutine.wrap(down)() end return down() end)
print(says(co))
print(says(load, "return " .. ("-"):rep(3000) .. "1"), says(load, ("a = "):rep(3) .. "1"))
print(says(load, "x = " .. ("a."):rep(100000) .. "b"), (says(load,
    ("do "):rep(190) .. ("end "):rep(190))))
print(says(load, ("if a then elseif b then else "):rep(250) .. ("end "):rep(250)))
print(says(function() return table.unpack({}, 1, 1e6) end),
    says(function() return table.unpack({}, 1, 1e7) end))
print(says(string.rep, "x", -5), select("#", table.unpack({}, 1, 5000)),
    #string.char(table.unpack({("x"):rep(200):byte(1, -1)})))
print(xpcall(function() error("x") end, function(m) return m .. (nil .. "x") end))
local function closing(n)
    local guard <close> = setmetatable({},
    {__close = function() if n == 0 then error("from close", 0) end end})
    if n > 0 then return closing(n - 1) end
end
print(pcall(closing, 150))

-- Chunks as bytes, and where they come from.
local dumped = string.dump(function(x) return x * 2 end, true)
print(load(dumped, "d", "b")(21), load(dumped, "d", "t"), (load(dumped:sub(1, 20), "d")))
print(pcall(require, "no.such.module") == false, package.loaded._G == _G,
    type(package.searchers), package.config:sub(1, 1))
print(pcall(os.exit, "x"))
print(os.getenv("HOME") == nil or true, type(os.tmpname()), os.setlocale("", "all") ~= nil,
    os.setlocale(nil, "numeric"))

-- Positions beyond the end; one file twice.
local f = assert(io.open("edges.tmp", "w+"))
f:write("12345")
print(f:seek("set", 3), f:read("a"), f:seek("set", 10), f:read("a"), f:write("x") == f,
    f:seek("end"), f:seek("set"), #f:read("a"))
f:close()
local w = assert(io.open("edges.tmp", "w+"))
local r = assert(io.open("edges.tmp", "r"))
w:write("shared")
w:flush()
print(r:read("a"), r:read("a"), r:read("l"), (r:write("no")))
w:seek("set", 0)
print(w:read(3), w:seek("cur"), w:write("X") == w, w:seek("set"), w:read("a"), pcall(w.seek, w,
    "set", -1))
w:close()
r:close()
print(pcall(r.read, r), pcall(io.lines, "edges.tmp", "x"),
    pcall(function() for _ in io.lines("edges.tmp", 0) do break end end))
for a1, b1 in io.lines("edges.tmp", 2, 3) do io.write("(", a1, ",", b1 or "-", ")") end
print(os.remove("edges.tmp"), io.open("edges.tmp"))
