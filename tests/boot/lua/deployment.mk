# SPDX-License-Identifier: 0BSD
# Lua's interpreter, and the scripts that it runs.
deployment.programs := init uart console ram rom lua
deployment.rom := $(deployment.dir)/scripts

lua.libc := yes
lua.ports := lua
