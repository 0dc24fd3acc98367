-- SPDX-License-Identifier: 0BSD
-- The os library: time and dates, environment, what a process may not do.
print(type(os.time()), type(os.clock()), os.clock() >= 0)
local start = os.clock()
while os.clock() - start < 0.02 do end
print(os.clock() > start)
print(os.date("!%Y-%m-%d %H:%M:%S", 0), os.date("!%c", 86400))
local d = os.date("!*t", 1000000000)
print(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst)
print(os.date("!%a %A %b %B %d %j %p %y %%", 1234567890))
print(os.time({year = 2001, month = 9, day = 9, hour = 1, min = 46, sec = 40}) - os.time({year
    = 2001, month = 9, day = 9, hour = 0}))
print(os.time({year = 2000, month = 13, day = 32, hour = 12}) == os.time({year = 2001, month =
    2, day = 1, hour = 12}))
print(os.difftime(10, 3), pcall(os.time, {year = 2000}))
print(pcall(os.date, "%Ez"))
print(pcall(os.date, "%"))
print(os.getenv("NO_SUCH_VARIABLE"))
print(os.setlocale("C"), os.setlocale(nil), os.setlocale("xx_YY"))
print((os.remove("no/such/folder/file")), (os.rename("no/such/folder/file", "x")))
print(type(os.exit), type(os.tmpname), type(os.execute))
