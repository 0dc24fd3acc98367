# SPDX-License-Identifier: 0BSD
# Programs that call libraries of others and print what these answer.
deployment.programs := init uart console zlib cjson

zlib.dir := $(deployment.dir)/zlib
zlib.src := main.c
zlib.libc := yes
zlib.ports := zlib

cjson.dir := $(deployment.dir)/cjson
cjson.src := main.c
cjson.libc := yes
cjson.ports := cjson
