/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The driver as a process. */
#include "gatehouse/process.h"
#include "process_driver.h"
#include "trace.h"

const uint32_t gatehouse_console_handle = DRIVER_CONSOLE;

int
main(void)
{
	trace_run();
	return 0;
}
