# SPDX-License-Identifier: BSD-2-Clause-Patent
# Two programs that send records through rings, one that receives them.
deployment.programs := init uart console sink source liar

sink.dir := $(deployment.dir)/sink
sink.src := main.c
sink.libc := yes

source.dir := $(deployment.dir)/source
source.src := main.c
source.libc := yes

liar.dir := $(deployment.dir)/liar
liar.src := main.c
liar.libc := yes
