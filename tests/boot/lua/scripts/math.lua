-- SPDX-License-Identifier: 0BSD
-- Numbers: integers, floats, bits, the math library, random numbers of one seed.
print(1, 1.0, -0.0, 1e300 * 1e10, -1e300 * 1e10, 2^63, 10 / 2, 7 // 2, -7 // 2, 7 % -3, -7 % 3)
print(7.5 // 2, -7.5 % 2, 5 % math.huge, -5 % math.huge, 0.0 / 0.0 ~= 0.0 / 0.0, 1 // 0.0,
    pcall(function() return 1 // 0 end))
print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger,
    math.mininteger // -1)
print(0xff, 0x7fffffffffffffff, 0xffffffffffffffff, 0x.8p1, 1e2, .5, 3e-2, 9007199254740993,
    1e308 * 10)
print(1 == 1.0, math.type(1), math.type(1.0), math.type("1"), 2^53 == 2^53 + 1, 1 < 1.5, "1" == 1)
print(5 & 3, 5 | 3, 5 ~ 3, ~0, 1 << 62, 1 << 63, 1 << 64, -1 >> 1, 2.0 & 3, pcall(function()
    return 1.5 & 1 end))
print(math.floor(-3.5), math.ceil(-3.5), math.floor(2^70), math.abs(math.mininteger),
    math.abs(-2.5))
print(math.max(1, 2.5, -1), math.min(3, 1, 2), math.fmod(7, 3), math.fmod(-7, 3), math.fmod(7,
    -3.5), math.modf(3.7), math.modf(-3.7))
print(math.sqrt(2), math.exp(1), math.log(10), math.log(8, 2), math.log(1000, 10), math.pi)
print(string.format("%.12f %.12f %.12f %.12f", math.sin(1), math.cos(1), math.tan(1), math.atan(1, -2)))
print(string.format("%.12f %.12f %.12f", math.asin(0.5), math.acos(0.5), math.atan(0.5)))
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.ult(1, -1), 3 | 0)
print(pcall(math.floor, "x"), pcall(math.tointeger), pcall(math.random, 2, 1))
print(string.format("%.17g %.17g %.17g", 0.1, 1 / 3, 2 / 3), 1e15, 1e16, 123456789012345678, 0.1 + 0.2)
print(2^0.5, 8 % 3.5, -2^2, (2^-1074) > 0, 2^-1075, 2^1023 * 2)
print(tostring(3) == "3", tostring(3.0) == "3.0", 3 .. "", 3.0 .. "", -0.0 .. "", 1e100 .. "")

math.randomseed(42)
local list = {}
for i = 1, 8 do list[i] = math.random(1, 1000) end
print(table.concat(list, " "))
print(string.format("%.15f", math.random()), math.random(0) ~= 0, math.random(5) <= 5)
local low, high, sum = 1, 0, 0
for _ = 1, 1000 do
    local x = math.random()
    low, high, sum = math.min(low, x), math.max(high, x), sum + x
end
print(low >= 0, high < 1, math.abs(sum / 1000 - 0.5) < 0.05)

-- Something longer: primes, a Fibonacci of 90, pi by a series, Mandelbrot.
local sieve, primes = {}, 0
for i = 2, 5000 do
    if not sieve[i] then primes = primes + 1 for j = i * i, 5000, i do sieve[j] = true end end
end
print(primes)
local x, y = 0, 1
for _ = 1, 90 do x, y = y, x + y end
print(x)
local pi = 0
for k = 0, 20 do pi = pi + (4 / (8 * k + 1) - 2 / (8 * k + 4) - 1 / (8 * k + 5) - 1 / (8 * k +
    6)) / 16^k end
print(string.format("%.14f", pi))
for row = -6, 6, 3 do
    local line = {}
    for column = -20, 10, 2 do
        local cr, ci, zr, zi, n = column / 10, row / 6, 0, 0, 0
        while n < 30 and zr * zr + zi * zi < 4 do zr, zi, n = zr * zr - zi * zi + cr, 2 * zr *
            zi + ci, n + 1 end
        line[#line + 1] = n == 30 and "#" or n > 5 and "+" or "."
    end
    print(table.concat(line))
end
