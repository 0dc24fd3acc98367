/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random bytes: those of the server that the system wired (servers/random), or an error. */
#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "descriptor.h"
#include "gatehouse/ipc.h"
#include "gatehouse/uses.h"

/* Interface Random: take(count: u16) -> (bytes: bytes<256>). The glue is built before any
 * deployment's stubs are, so it speaks the method itself. */
#define RANDOM_TAKE      1
#define RANDOM_BYTES_MAX 256u

#define TRIES 3 /* E_RESTARTED comes once for each restart of the server */

static int
to_errno(uint32_t status, uint32_t info, size_t bytes)
{
	if (status != E_OK) {
		return status == E_DENIED ? EACCES : EIO;
	}
	return info == info_make(0, (uint32_t)bytes) ? 0 : EIO; /* it has no seed */
}

int
getentropy(void *buffer, size_t bytes)
{
	struct message message;
	struct use use;
	uint16_t count = (uint16_t)bytes;
	uint32_t status = E_RESTARTED;

	if (bytes > RANDOM_BYTES_MAX) {
		return glue_failed(EIO);
	}
	if (!uses_of("servers.random.Random", &use)) {
		return glue_failed(ENOSYS);
	}
	if (bytes == 0) {
		return 0;
	}
	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		memcpy(message.bytes, &count, sizeof(count));
		message.info = info_make(0, sizeof(count));
		status = ipc_call(use.handle, RANDOM_TAKE, &message);
	}
	int error = to_errno(status, message.info, bytes);
	if (error != 0) {
		return glue_failed(error);
	}
	memcpy(buffer, message.bytes, bytes);
	memset(message.bytes, 0, bytes);
	return 0;
}
