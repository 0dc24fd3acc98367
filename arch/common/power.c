/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The end of the machine: PSCI firmware or an emulator's semihosting, as the board says. */
#include "arch/arch.h"
#include "boards/board.h"
#include "registers.h"

/* PSCI, DEN 0022D sections 5.10 and 5.11: SMC32 function ids, no arguments. */
#define PSCI_SYSTEM_OFF   UINT32_C(0x84000008)
#define PSCI_SYSTEM_RESET UINT32_C(0x84000009)

/* Arm semihosting 2.0, SYS_EXIT_EXTENDED: a block of reason and exit code. */
#define SEMIHOSTING_EXIT_EXTENDED    UINT32_C(0x20)
#define SEMIHOSTING_APPLICATION_EXIT UINT32_C(0x20026)

/* What an emulator exits with when only that can stand for a reset. */
#define RESET_CODE 99

static void machine_end(enum board_power way, uint32_t psci_function, uint8_t code);

void
arch_power_off(uint8_t code)
{
	machine_end(board.power, PSCI_SYSTEM_OFF, code);
	cpu_stop();
}

void
arch_reset(void)
{
	machine_end(board.reset, PSCI_SYSTEM_RESET, RESET_CODE);
	cpu_stop();
}

/* Returns only if the machine cannot. */
static void
machine_end(enum board_power way, uint32_t psci_function, uint8_t code)
{
	uintptr_t block[2] = {SEMIHOSTING_APPLICATION_EXIT, code};

	switch (way) {
	case BOARD_POWER_SEMIHOSTING:
		semihosting_call(SEMIHOSTING_EXIT_EXTENDED, block);
		return;
	case BOARD_POWER_PSCI_SMC:
		firmware_smc(psci_function);
		return;
	case BOARD_POWER_PSCI_HVC:
		firmware_hvc(psci_function);
		return;
	case BOARD_POWER_NONE:
		return;
	}
}
