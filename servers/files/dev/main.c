/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dev: null has nothing and takes all; zero has zeros and takes all; full has zeros, takes none. */
#include <string.h>

#include "gatehouse/resource.h"
#include "gatehouse/server.h"
#include "process_dev.h"
#include "servers/files/path.h"
#include "servers/files/service.h"

#define PIECE_BYTES 4096u

enum device { DEVICE_ROOT = STORE_ROOT, DEVICE_NULL, DEVICE_ZERO, DEVICE_FULL, DEVICE_COUNT };

static const char *const names[DEVICE_COUNT] = {
	[DEVICE_ROOT] = "",
	[DEVICE_NULL] = "null",
	[DEVICE_ZERO] = "zero",
	[DEVICE_FULL] = "full",
};

static enum store_status
dev_find(void *context, const char *name, uint32_t bytes, uint32_t *number)
{
	(void)context;
	*number = DEVICE_ROOT;
	if (bytes == 1) {
		return STORE_OK;
	}
	for (uint32_t i = DEVICE_NULL; i < DEVICE_COUNT; i++) {
		size_t length = strlen(names[i]);

		if (bytes > length && memcmp(name + 1, names[i], length) == 0 &&
			(bytes == length + 1 || name[length + 1] == '/')) {
			*number = i;
			return bytes == length + 1 ? STORE_OK : STORE_PLAIN;
		}
	}
	return STORE_ABSENT;
}

static void
dev_info(void *context, uint32_t number, struct store_info *info)
{
	(void)context;
	*info = (struct store_info){.number = number + 1,
		.kind = number == DEVICE_ROOT ? STORE_KIND_FOLDER : STORE_KIND_SPECIAL};
}

static enum store_status
dev_next(void *context, uint32_t folder, uint32_t after, struct store_entry *entry)
{
	/* What clients see is one more, so that 0 is before the first. */
	uint32_t number = after > DEVICE_NULL ? after : DEVICE_NULL;

	(void)folder; /* there is one */
	if (number >= DEVICE_COUNT) {
		return STORE_ABSENT;
	}
	dev_info(context, number, &entry->info);
	entry->bytes = (uint32_t)strlen(names[number]);
	memcpy(entry->name, names[number], entry->bytes);
	return STORE_OK;
}

static void
dev_nothing(void *context, uint32_t number)
{
	(void)context;
	(void)number;
}

static void
dev_read(void *context, uint32_t number, uint64_t at, const uint8_t **bytes, uint32_t *count)
{
	static const uint8_t zeros[PIECE_BYTES];

	(void)context;
	(void)at;
	*bytes = zeros;
	*count = number == DEVICE_NULL ? 0 : PIECE_BYTES;
}

static enum store_status
dev_room(void *context, uint32_t number, uint64_t at, uint8_t **bytes, uint32_t *count)
{
	static uint8_t lost[PIECE_BYTES]; /* written, never read */

	(void)context;
	(void)at;
	*bytes = lost;
	*count = PIECE_BYTES;
	return number == DEVICE_FULL ? STORE_FULL : STORE_OK;
}

static void
dev_wrote(void *context, uint32_t number, uint64_t end)
{
	(void)end;
	dev_nothing(context, number);
}

static enum store_status
dev_resize(void *context, uint32_t number, uint64_t size)
{
	(void)size;
	dev_nothing(context, number);
	return STORE_OK;
}

static void
dev_usage(void *context, uint16_t owner, struct store_usage *usage)
{
	(void)context;
	(void)owner;
	*usage = (struct store_usage){.files = DEVICE_COUNT};
}

static const struct store dev_store = {
	.find = dev_find,
	.info = dev_info,
	.next = dev_next,
	.hold = dev_nothing,
	.release = dev_nothing,
	.read = dev_read,
	.room = dev_room,
	.wrote = dev_wrote,
	.resize = dev_resize,
	.usage = dev_usage,
};

static bool
serve(const struct caller *caller, struct message *message)
{
	service_next();
	return dev_serve(caller, message, &service_files, &service_file);
}

int
main(void)
{
	static const struct server server = {.serve = serve, .refused = service_refused};
	const struct resource kinds[] = {DEV_DEVFILE};

	service_init(&dev_store, kinds, 1);
	server_run(&server);
}
