# SPDX-License-Identifier: BSD-2-Clause-Patent
# The judge shares the audit server's chain, so both say the same.
deployment.programs := init uart console audit sink flooder judge

sink.dir := $(deployment.dir)/sink
sink.src := main.c
sink.libc := yes

flooder.dir := $(deployment.dir)/flooder
flooder.src := main.c
flooder.libc := yes

judge.dir := .
judge.src := $(deployment.dir)/judge/main.c servers/audit/chain.c
judge.libc := yes
