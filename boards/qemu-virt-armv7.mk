# SPDX-License-Identifier: BSD-2-Clause-Patent
# QEMU virt, 32-bit: how to build for it and start it.
board.arch    := armv7a
board.load    := 0x40010000
board.ram     := 1G
board.qemu    := qemu-system-arm
board.machine := virt
board.cpu     := cortex-a15
board.cpus    := cortex-a15 cortex-a7
