/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files that were built into this program (tools/make/rom.sh writes the table), as a store. */
#include "archive.h"

#include <stdbool.h>
#include <string.h>

#include "servers/files/path.h"

static bool
is_entry(uint32_t index, uint32_t folder, const char *part, uint32_t bytes)
{
	const struct rom_entry *entry = &rom_entries[index];

	return entry->parent == folder && entry->name_bytes == bytes &&
	       memcmp(rom_data + entry->name, part, bytes) == 0;
}

static enum store_status
rom_find(void *context, const char *name, uint32_t bytes, uint32_t *number)
{
	const char *part;
	uint32_t part_bytes;
	uint32_t at = 0;

	(void)context;
	*number = STORE_ROOT;
	while (path_next(name, bytes, &at, &part, &part_bytes)) {
		uint32_t folder = *number;

		if (rom_entries[folder].kind != STORE_KIND_FOLDER) {
			return STORE_PLAIN;
		}
		for (*number = folder + 1; *number < rom_count; ++*number) {
			if (is_entry(*number, folder, part, part_bytes)) {
				break;
			}
		}
		if (*number == rom_count) {
			return STORE_ABSENT;
		}
	}
	return STORE_OK;
}

static void
rom_info(void *context, uint32_t number, struct store_info *info)
{
	(void)context;
	*info = (struct store_info){.size = rom_entries[number].bytes,
		.number = number + 1,
		.kind = (enum store_kind)rom_entries[number].kind};
}

static enum store_status
rom_next(void *context, uint32_t folder, uint32_t after, struct store_entry *entry)
{
	/* What clients see is one more, so that 0 is before the first. */
	for (uint32_t i = after > folder + 1 ? after : folder + 1; i < rom_count; i++) {
		if (rom_entries[i].parent == folder) {
			rom_info(context, i, &entry->info);
			entry->bytes = rom_entries[i].name_bytes;
			memcpy(entry->name, rom_data + rom_entries[i].name, entry->bytes);
			return STORE_OK;
		}
	}
	return STORE_ABSENT;
}

static void
rom_nothing(void *context, uint32_t number)
{
	(void)context;
	(void)number;
}

static void
rom_read(void *context, uint32_t number, uint64_t at, const uint8_t **bytes, uint32_t *count)
{
	const struct rom_entry *entry = &rom_entries[number];

	(void)context;
	*count = at < entry->bytes ? entry->bytes - (uint32_t)at : 0;
	*bytes = *count == 0 ? rom_data : rom_data + entry->data + at;
}

static void
rom_usage(void *context, uint16_t owner, struct store_usage *usage)
{
	(void)context;
	(void)owner;
	*usage = (struct store_usage){.files = rom_count};
	for (uint32_t i = 0; i < rom_count; i++) {
		usage->total_bytes += rom_entries[i].bytes;
	}
}

const struct store rom_store = {
	.find = rom_find,
	.info = rom_info,
	.next = rom_next,
	.hold = rom_nothing,
	.release = rom_nothing,
	.read = rom_read,
	.usage = rom_usage,
};
