# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the key server.
keys.dir := servers/keys
keys.src := main.c hmac.c
keys.libc := yes
