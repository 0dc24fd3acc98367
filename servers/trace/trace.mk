# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the trace server.
trace.dir := servers/trace
trace.src := main.c ring.c line.c
trace.libc := yes
