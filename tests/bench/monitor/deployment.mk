# SPDX-License-Identifier: BSD-2-Clause-Patent
# A process that has the engine in it and asks it about the policy of its own system.
deployment.programs := init uart console judge

judge.dir := .
judge.src := $(deployment.dir)/main.c deployments/bench/meter/$(arch).S
judge.libc := yes
