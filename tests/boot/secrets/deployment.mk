# SPDX-License-Identifier: BSD-2-Clause-Patent
# Whoever keeps secrets, whoever sends them everywhere, and all that tells people what happens.
deployment.programs := init uart console audit trace keys vault prober

vault.dir := $(deployment.dir)/vault
vault.src := main.c
vault.libc := yes

prober.dir := $(deployment.dir)/prober
prober.src := main.c
prober.libc := yes
