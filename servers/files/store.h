/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a place for files can do, whatever it is made of: service.c gives it to clients. */
#ifndef SERVERS_FILES_STORE_H
#define SERVERS_FILES_STORE_H

#include <stdint.h>

#define STORE_ENTRY_BYTES 63u  /* of one part of a name */
#define STORE_NAME_BYTES  255u /* of a whole one */
#define STORE_ROOT        0u   /* number of the folder `/` */

enum store_status {
	STORE_OK,
	STORE_ABSENT, /* no such name */
	STORE_NAME,   /* not the one spelling */
	STORE_PLAIN,  /* a file where a folder is due */
	STORE_FOLDER, /* a folder where a file is due */
	STORE_FIXED,  /* nothing here can be changed */
	STORE_BUSY,   /* the root, or a folder below itself */
	STORE_FILLED, /* a folder that is not empty */
	STORE_EXISTS,
	STORE_FULL,
	STORE_RANGE, /* larger than a file can be */
	STORE_STATUSES
};

enum store_kind { STORE_KIND_PLAIN, STORE_KIND_FOLDER, STORE_KIND_SPECIAL };

struct store_info {
	uint64_t size;
	uint64_t changed_ns;
	uint32_t number;
	enum store_kind kind;
};

struct store_entry {
	struct store_info info;
	uint32_t bytes;
	char name[STORE_ENTRY_BYTES];
};

struct store_usage {
	uint64_t total_bytes;
	uint64_t free_bytes;
	uint64_t own_bytes;
	uint32_t files;
	uint32_t free_files;
};

/*
 * Nodes have numbers. A number stands for the same node while somebody holds it or its name is
 * there. Names were checked (path.h). `owner` is the client that pays. NULL: cannot be done here.
 */
struct store {
	void *context;
	enum store_status (*find)(
		void *context, const char *name, uint32_t bytes, uint32_t *number);
	void (*info)(void *context, uint32_t number, struct store_info *info);
	/* The entry of a folder with the least number above `after`. */
	enum store_status (*next)(
		void *context, uint32_t folder, uint32_t after, struct store_entry *entry);
	/* Requires: find said STORE_ABSENT. */
	enum store_status (*create)(void *context, const char *name, uint32_t bytes,
		enum store_kind kind, uint16_t owner, uint32_t *number);
	enum store_status (*remove)(
		void *context, const char *name, uint32_t bytes, enum store_kind kind);
	enum store_status (*rename)(
		void *context, uint32_t number, const char *name, uint32_t bytes);
	void (*hold)(void *context, uint32_t number);
	void (*release)(void *context, uint32_t number);
	/* What stands at an offset, as much as lies together; *count 0: the end. */
	void (*read)(void *context, uint32_t number, uint64_t at, const uint8_t **bytes,
		uint32_t *count);
	/* Room to write at an offset, as much as lies together, at least one byte. Then `wrote`
	 * says how far it was used: the file ends there if it ended before. */
	enum store_status (*room)(
		void *context, uint32_t number, uint64_t at, uint8_t **bytes, uint32_t *count);
	void (*wrote)(void *context, uint32_t number, uint64_t end);
	enum store_status (*resize)(void *context, uint32_t number, uint64_t size);
	void (*usage)(void *context, uint16_t owner, struct store_usage *usage);
};

#endif
