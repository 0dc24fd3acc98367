# SPDX-License-Identifier: 0BSD
# Two programs and the files in memory that both see.
deployment.programs := init uart console ram writer reader

writer.dir := $(deployment.dir)/writer
writer.src := main.c
writer.libc := yes

reader.dir := $(deployment.dir)/reader
reader.src := main.c
reader.libc := yes
