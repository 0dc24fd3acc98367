/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files and folders in memory. Everything a client makes counts against its share. */
#ifndef SERVERS_FILES_RAM_TREE_H
#define SERVERS_FILES_RAM_TREE_H

#include "blocks.h"
#include "servers/files/store.h"

#define TREE_OWNERS 64u /* clients that have something at a time */

/* A node that is none, and the end of a list of them. */
#define TREE_NONE 0u

struct tree_node {
	char name[STORE_ENTRY_BYTES];
	uint8_t name_bytes;
	uint8_t kind;   /* enum store_kind */
	bool is_there;  /* else it is free */
	bool is_linked; /* it has a name */
	uint16_t owner; /* who made it, and pays */
	uint32_t holds;
	uint32_t parent;
	uint32_t first; /* of a folder: the entry with the least number */
	uint32_t next; /* the next one of its folder, by number; of a free node the next free one */
	uint64_t size;
	uint64_t changed_ns;
	struct extent extent;
};

struct tree_owner {
	uint16_t instance; /* 0: free */
	uint32_t nodes;
	uint32_t blocks;
};

struct tree {
	struct tree_node *nodes; /* 0 is the root */
	uint32_t node_count;
	uint32_t free_node;
	uint32_t free_nodes;
	uint32_t share_nodes; /* of one client */
	uint32_t share_blocks;
	struct blocks blocks;
	struct tree_owner owners[TREE_OWNERS];
	uint64_t (*now)(void); /* nanoseconds */
};

/* memory: bytes of it, aligned to 8; a part becomes nodes, the rest blocks. quota_bytes: the share
 * of one client. Returns false when there is too little. */
bool tree_init(struct tree *tree, void *memory, uint64_t bytes, uint64_t quota_bytes,
	uint64_t (*now)(void));

/* The tree as a store: its context is the tree. */
extern const struct store tree_store;

#endif
