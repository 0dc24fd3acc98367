# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the serial driver.
uart.dir := servers/uart
uart.src := main.c pl011.c
uart.libc := yes
