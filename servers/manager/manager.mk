# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the manager.
manager.dir := servers/manager
manager.src := main.c
manager.libc := yes
