/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The settings of the machine's operator, read anew for each request. */
#include <stdlib.h>
#include <string.h>

#include "fwcfg.h"
#include "gatehouse/server.h"
#include "process_settingsreader.h"

#define REGISTER_BYTES 4096u
#define MEMORY_BYTES   8192u /* boards/: all there is */

static struct fwcfg device;

static uint32_t
serve_read(void *context, const struct caller *caller, const void *name, uint32_t name_bytes,
	void *out_value, uint32_t out_value_capacity, uint32_t *out_value_bytes)
{
	/* What QEMU's user wrote; other names are the machine's own. */
	char path[FWCFG_NAME_BYTES] = "opt/org.gatehouse/";
	size_t length = strlen(path);

	(void)context;
	(void)caller;
	if (name_bytes >= sizeof(path) - length || memchr(name, '\0', name_bytes) != NULL) {
		return SETTINGS_ERROR_ABSENT;
	}
	memcpy(path + length, name, name_bytes);
	uint32_t size = fwcfg_read(&device, path, out_value, out_value_capacity);
	if (size == UINT32_MAX) {
		return SETTINGS_ERROR_ABSENT;
	}
	if (size > out_value_capacity) {
		return SETTINGS_ERROR_LONG;
	}
	*out_value_bytes = size;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct settings_server settings = {.read = serve_read};

	return settingsreader_serve(caller, message, &settings);
}

int
main(void)
{
	static const struct server server = {.serve = serve};
	struct device_memory memory;
	volatile void *registers = device_map(SETTINGSREADER_FWCFG_REGISTERS, REGISTER_BYTES);

	if (registers == NULL ||
		device_memory_map(SETTINGSREADER_DMA_REGISTERS, MEMORY_BYTES, &memory) != E_OK ||
		!fwcfg_open(&device, registers, &memory)) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
