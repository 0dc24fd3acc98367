# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the keeper.
keeper.dir := servers/keeper
keeper.src := main.c
keeper.libc := yes
