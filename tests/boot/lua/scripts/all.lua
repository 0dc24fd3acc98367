-- SPDX-License-Identifier: 0BSD
-- Runs the other scripts, each with globals of its own. arg[1]: the folder they are in.
local names = {
    "strings", "tables", "closures", "coroutines", "metatables", "utf8", "math", "errors", "io", "os", "edges", "gc",
}
for _, name in ipairs(names) do
    print("== " .. name)
    local globals = setmetatable({}, {__index = _G})
    globals._G = globals
    local file <close> = assert(io.open(arg[1] .. name .. ".lua"))
    local chunk, problem = load(file:read("a"), "=" .. name, "t", globals)
    if not chunk then
        print(problem)
    else
        local ok, message = pcall(chunk)
        if not ok then print("FAILED", message) end
    end
    collectgarbage()
end
print("== end")
