# SPDX-License-Identifier: BSD-2-Clause-Patent
# QEMU virt, 64-bit: how to build for it and start it.
board.arch    := aarch64
board.load    := 0x40010000
board.ram     := 1G
board.qemu    := qemu-system-aarch64
board.machine := virt,virtualization=on,gic-version=2
board.cpu     := cortex-a53
board.cpus    := cortex-a53 cortex-a57 cortex-a72
