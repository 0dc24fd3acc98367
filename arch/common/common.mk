# SPDX-License-Identifier: BSD-2-Clause-Patent
# Arm devices that both architectures share.
common.src := \
	arch/common/gicv2.c \
	arch/common/pl011.c \
	arch/common/power.c
