/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a service of files should say: names and files as arrays. */
#ifndef FILES_MODEL_H
#define FILES_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#define MODEL_BYTES 3000u /* of a file */
#define MODEL_NODES 64u
#define MODEL_NAMES 9u

enum model_kind { MODEL_PLAIN, MODEL_FOLDER };

struct model_node {
	bool is_used;
	enum model_kind kind;
	uint32_t opens;
	bool has_name;
	uint32_t size;
	uint8_t bytes[MODEL_BYTES];
};

/* The names that there are: some are below others. */
extern const char *const model_names[MODEL_NAMES];

/* What stands behind each name: an index of a node, or -1. */
extern int model_name[MODEL_NAMES];
extern struct model_node model_node[MODEL_NODES];

void model_clear(void);

/* The status of interface FileService that looking for a name gives: E_OK, absent or plain. */
uint32_t model_find(uint32_t name);

/* Makes a node behind a name; model_find says absent, and its folder is there. */
int model_make(uint32_t name, enum model_kind kind);

/* Takes the name away; what is open stays. */
void model_unname(uint32_t name);
void model_close(int node);

/* Entries of a folder, by name; -1: the root. */
uint32_t model_entries(int folder_name);
bool model_is_in(uint32_t name, int folder_name);

#endif
