/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Takes as much of its account as it gets, uses it, and ends well. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gatehouse/process.h"
#include "gen/core/process.h"
#include "process_worker.h"

#define PIECE_BYTES  4096
#define PIECES_LEAST 32

const uint32_t gatehouse_console_handle = WORKER_CONSOLE;

int
main(void)
{
	const struct timespec work = {.tv_nsec = 20000000};
	unsigned pieces = 0;
	uint32_t status = process_exit(HANDLE_PROCESS, 7);

	for (char *piece = malloc(PIECE_BYTES); piece != NULL; piece = malloc(PIECE_BYTES)) {
		memset(piece, 0xa5, PIECE_BYTES);
		pieces++;
	}
	if (process_info()->incarnation == 1) {
		printf("%s: %u pages, to end badly is %s\n", process_info()->name, pieces,
			status == E_DENIED ? "denied" : "granted");
		fflush(stdout);
	}
	nanosleep(&work, NULL);
	/* Memory that the life before it did not give back would be missing. */
	return pieces >= PIECES_LEAST ? EXIT_SUCCESS : EXIT_FAILURE;
}
