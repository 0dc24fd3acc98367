# SPDX-License-Identifier: BSD-2-Clause-Patent
# The programs of tests/hosts: two, which also run on Linux and in the bare image.
deployment.programs := init uart console driver target

driver.dir := tests/hosts/driver
driver.src := main.c trace.c say.c
driver.libc := yes

target.dir := tests/hosts/target
target.src := main.c
target.libc := yes

# In the bare image: ksm/hosts/bare.
deployment.bare := $(addprefix tests/hosts/,bare.c driver/main.c driver/trace.c target/main.c)
