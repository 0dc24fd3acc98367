/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Says hello. */
#include <stdio.h>

#include "process_hello.h"

const uint32_t gatehouse_console_handle = HELLO_CONSOLE;

int
main(void)
{
	printf("hello\n");
	return 0;
}
