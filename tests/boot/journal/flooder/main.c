/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Is denied as often as it can: with a record each, or without; and may do what must be recorded
 * only while there is room for that.
 */
#include <stdlib.h>

#include "gatehouse/ipc.h"
#include "process_flooder.h"
#include "sink.h"

#define DENIALS 100
#define QUIET   20

int
main(void)
{
	if (sink_put(FLOODER_SINK, 0) != E_OK) {
		return EXIT_FAILURE;
	}
	for (int i = 0; i < QUIET; i++) {
		if (sink_spill(FLOODER_SINK, (uint8_t)(1 + i % 2)) != E_DENIED) {
			return EXIT_FAILURE;
		}
	}
	for (int i = 0; i < DENIALS; i++) {
		struct message message = {.info = info_make(0, 0)};

		(void)ipc_call(HANDLE_INITIAL(99), 1, &message);
	}
	return sink_put(FLOODER_SINK, 0) == E_DENIED ? EXIT_SUCCESS : EXIT_FAILURE;
}
