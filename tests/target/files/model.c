/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a service of files should say: names and files as arrays. */
#include "files/model.h"

#include <string.h>

#include "process_raw.h"

const char *const model_names[MODEL_NAMES] = {
	"/a", "/b", "/c", "/d", "/d/a", "/d/b", "/d/e", "/d/e/a", "/a/x"};

/* The name that each is below; -1: the root. */
static const int above[MODEL_NAMES] = {-1, -1, -1, -1, 3, 3, 3, 6, 0};

int model_name[MODEL_NAMES];
struct model_node model_node[MODEL_NODES];

void
model_clear(void)
{
	memset(model_node, 0, sizeof(model_node));
	for (uint32_t i = 0; i < MODEL_NAMES; i++) {
		model_name[i] = -1;
	}
}

uint32_t
model_find(uint32_t name)
{
	int folder = above[name];

	if (folder >= 0) {
		uint32_t status = model_find((uint32_t)folder);

		if (status != E_OK) {
			return status;
		}
		if (model_node[model_name[folder]].kind == MODEL_PLAIN) {
			return FILESERVICE_ERROR_PLAIN;
		}
	}
	return model_name[name] < 0 ? FILESERVICE_ERROR_ABSENT : E_OK;
}

int
model_make(uint32_t name, enum model_kind kind)
{
	for (int i = 0; i < (int)MODEL_NODES; i++) {
		if (!model_node[i].is_used) {
			model_node[i] = (struct model_node){
				.is_used = true, .kind = kind, .has_name = true};
			model_name[name] = i;
			return i;
		}
	}
	return -1;
}

static void
drop(struct model_node *node)
{
	if (!node->has_name && node->opens == 0) {
		node->is_used = false;
	}
}

void
model_unname(uint32_t name)
{
	struct model_node *node = &model_node[model_name[name]];

	node->has_name = false;
	model_name[name] = -1;
	drop(node);
}

void
model_close(int node)
{
	model_node[node].opens--;
	drop(&model_node[node]);
}

bool
model_is_in(uint32_t name, int folder_name)
{
	return above[name] == folder_name && model_name[name] >= 0;
}

uint32_t
model_entries(int folder_name)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < MODEL_NAMES; i++) {
		count += model_is_in(i, folder_name);
	}
	return count;
}
