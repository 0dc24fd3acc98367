# SPDX-License-Identifier: 0BSD
# SQLite's shell, and what it is told to do.
deployment.programs := init uart console ram rom sqlite
deployment.rom := $(deployment.dir)/scripts

sqlite.libc := yes
sqlite.ports := sqlite
