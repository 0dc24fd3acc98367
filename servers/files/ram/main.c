/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* ram: files in memory, as long as this process lives. */
#include <stdlib.h>

#include "gatehouse/process.h"
#include "gatehouse/resource.h"
#include "gatehouse/server.h"
#include "gatehouse/syscall.h"
#include "process_ram.h"
#include "servers/files/service.h"
#include "tree.h"

#define LEFT_BYTES 65536u /* of the account: for what the C library takes */
#define STEP_BYTES 65536u

static struct tree tree;

static bool
serve(const struct caller *caller, struct message *message)
{
	service_next();
	return ram_serve(caller, message, &service_files, &service_file);
}

/* As much of the account as comes in one piece. */
static void *
take_memory(uint64_t *bytes)
{
	uint64_t wanted = process_info()->account_bytes;

	for (wanted -= LEFT_BYTES; wanted > STEP_BYTES; wanted -= STEP_BYTES) {
		void *memory = malloc((size_t)wanted);
		if (memory != NULL) {
			*bytes = wanted;
			return memory;
		}
	}
	return NULL;
}

int
main(void)
{
	static const struct server server = {.serve = serve, .refused = service_refused};
	const struct resource kinds[] = {RAM_RAMFILE, RAM_KEPTFILE};
	static struct store store;
	uint64_t bytes = 0;
	void *memory = take_memory(&bytes);

	/* Both are constants of the system. */
	if (memory == NULL ||
		!tree_init(&tree, memory, bytes, process_number("quota", bytes), sys_clock)) {
		return EXIT_FAILURE;
	}
	store = tree_store;
	store.context = &tree;
	service_init(&store, kinds, 2);
	server_run(&server);
}
