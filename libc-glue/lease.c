/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory that a caller lends: whole ranges of it, however often the kernel has to be asked. */
#include <stdbool.h>

#include "gatehouse/ipc.h"

/* The kernel stops where something else has to be done; so it goes on until nothing is left. */
static uint32_t
lease_copy_all(const struct lease *lease, struct lease_copy copy, bool is_write)
{
	uint32_t status = E_OK;
	uint32_t count;

	if (copy.offset > lease->length_bytes || copy.length > lease->length_bytes - copy.offset) {
		return E_ARGUMENT;
	}
	while (status == E_OK && copy.length != 0) {
		status = is_write ? sys_lease_write(lease->handle, lease->index, &copy, &count)
				  : sys_lease_read(lease->handle, lease->index, &copy, &count);
		copy.address += count;
		copy.offset += count;
		copy.length -= count;
	}
	return status;
}

uint32_t
lease_read(const struct lease *lease, uint32_t offset_bytes, void *to, uint32_t length_bytes)
{
	struct lease_copy copy = {(uintptr_t)to, offset_bytes, length_bytes};

	return lease_copy_all(lease, copy, false);
}

uint32_t
lease_write(
	const struct lease *lease, uint32_t offset_bytes, const void *from, uint32_t length_bytes)
{
	struct lease_copy copy = {(uintptr_t)from, offset_bytes, length_bytes};

	return lease_copy_all(lease, copy, true);
}
