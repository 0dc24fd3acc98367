# SPDX-License-Identifier: BSD-2-Clause-Patent
audit.dir := servers/audit
audit.src := main.c journal.c describe.c explain.c text.c
audit.libc := yes
