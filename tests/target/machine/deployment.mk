# SPDX-License-Identifier: 0BSD
# The programs of tests/target/machine. Their folder is the one above, where what tests share is.
deployment.programs := init uart console driver victim mirror

driver.dir := tests/target
driver.src := machine/driver.c machine/exchange.c check.c console.c records.c \
	registers/registers.c registers/$(arch).S
driver.libc := yes

victim.dir := tests/target
victim.src := machine/victim.c machine/memory.c machine/$(arch)_table.c machine/$(arch).S
victim.libc := yes

mirror.dir := tests/target
mirror.src := machine/mirror.c registers/registers.c registers/$(arch).S
mirror.libc := yes
