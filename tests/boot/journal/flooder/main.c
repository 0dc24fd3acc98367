/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Is denied as often as it can. */
#include <stdlib.h>

#include "gatehouse/ipc.h"
#include "process_flooder.h"

#define DENIALS 100

int
main(void)
{
	for (int i = 0; i < DENIALS; i++) {
		struct message message = {.info = info_make(0, 0)};

		(void)ipc_call(HANDLE_INITIAL(99), 1, &message);
	}
	return EXIT_SUCCESS;
}
