# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the audit server.
audit.dir := servers/audit
audit.src := main.c journal.c chain.c describe.c explain.c text.c
audit.libc := yes
# Its formats are of whole numbers: what the C library needs to print others is 20 KiB.
audit.link := -Wl,--defsym=vsnprintf=vsniprintf
