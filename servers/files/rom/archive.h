/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files that were built into this program (tools/make/rom.sh writes the table), as a store. */
#ifndef SERVERS_FILES_ROM_ARCHIVE_H
#define SERVERS_FILES_ROM_ARCHIVE_H

#include "servers/files/store.h"

/* Names and data are offsets from rom_data. Entry 0 is the root; a folder stands before what is in
 * it. */
struct rom_entry {
	uint32_t name; /* of the last part */
	uint32_t name_bytes;
	uint32_t parent; /* index of its folder */
	uint32_t kind;   /* enum store_kind */
	uint32_t data;
	uint32_t bytes;
};

extern const uint32_t rom_count;
extern const struct rom_entry rom_entries[];
extern const uint8_t rom_data[];

extern const struct store rom_store;

#endif
