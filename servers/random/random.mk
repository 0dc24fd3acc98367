# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the server of random bytes.
random.dir := servers/random
random.src := main.c
random.libc := yes
