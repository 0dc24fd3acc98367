# SPDX-License-Identifier: BSD-2-Clause-Patent
# Every board: boards/NAME.c is what kernel, gate and image tool know of it, boards/NAME.mk how to
# build for it and start it.
boards := qemu-virt-aarch64 qemu-virt-armv7
