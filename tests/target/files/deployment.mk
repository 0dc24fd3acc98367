# SPDX-License-Identifier: 0BSD
# Clients that speak to a service of files without the library, and not as they should.
deployment.programs := init uart console ram raw mortal

raw.dir := tests/target
raw.src := files/raw.c files/random.c files/model.c check.c console.c
raw.libc := yes

mortal.dir := tests/target
mortal.src := files/mortal.c
mortal.libc := yes
