/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A thousand random operations on files, each against the model. */
#include "files/random.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "files/model.h"
#include "gen/files/file.h"
#include "process_raw.h"

#define OPENS   8u /* at a time */
#define AT_MOST (MODEL_BYTES - 600u)

/* An open file, here and in the model. */
static struct {
	uint32_t handle; /* 0: none */
	int node;
	enum fileservice_access access;
	bool appends;
} opens[OPENS];

static uint32_t random_state;

static uint32_t
draw(uint32_t below)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % below;
}

static uint32_t
length_of(uint32_t name)
{
	return (uint32_t)strlen(model_names[name]);
}

/* --- names ----------------------------------------------------------------------------------- */

static uint32_t
expected_open(uint32_t name, enum fileservice_how how)
{
	uint32_t status = model_find(name);

	if (status == FILESERVICE_ERROR_ABSENT && how != FILESERVICE_HOW_PRESENT) {
		/* It is made if its folder is there. */
		const char *slash = strrchr(model_names[name], '/');
		for (uint32_t i = 0; slash != model_names[name] && i < MODEL_NAMES; i++) {
			if (strncmp(model_names[i], model_names[name],
				    (size_t)(slash - model_names[name])) == 0 &&
				length_of(i) == (uint32_t)(slash - model_names[name])) {
				return model_find(i);
			}
		}
		return E_OK;
	}
	if (status != E_OK) {
		return status;
	}
	if (how == FILESERVICE_HOW_FRESH) {
		return FILESERVICE_ERROR_EXISTS;
	}
	return model_node[model_name[name]].kind == MODEL_FOLDER ? FILESERVICE_ERROR_FOLDER : E_OK;
}

static void
do_open(uint32_t slot)
{
	uint32_t name = draw(MODEL_NAMES);
	enum fileservice_how how = (enum fileservice_how)draw(3);
	enum fileservice_access access = (enum fileservice_access)draw(3);
	bool empty = draw(4) == 0;
	bool append = draw(4) == 0;
	uint64_t size = 0;
	uint32_t wanted = expected_open(name, how);

	if (opens[slot].handle != 0) {
		return;
	}
	expect_equal(fileservice_open(RAW_FILES, access, how, empty, append, model_names[name],
			     length_of(name), &opens[slot].handle, &size, NULL, NULL),
		wanted);
	if (wanted != E_OK) {
		opens[slot].handle = 0;
		return;
	}
	int node = model_name[name] < 0 ? model_make(name, MODEL_PLAIN) : model_name[name];
	if (empty) {
		model_node[node].size = 0;
	}
	model_node[node].opens++;
	expect_equal(size, model_node[node].size);
	opens[slot].node = node;
	opens[slot].access = access;
	opens[slot].appends = append;
}

static void
do_make_folder(uint32_t name)
{
	uint32_t wanted = expected_open(name, FILESERVICE_HOW_CREATE);

	if (wanted == FILESERVICE_ERROR_FOLDER || (wanted == E_OK && model_name[name] >= 0)) {
		wanted = FILESERVICE_ERROR_EXISTS;
	}
	expect_equal(
		fileservice_make_folder(RAW_FILES, model_names[name], length_of(name)), wanted);
	if (wanted == E_OK) {
		(void)model_make(name, MODEL_FOLDER);
	}
}

static void
do_remove(uint32_t name, bool is_folder)
{
	uint32_t wanted = model_find(name);

	if (wanted == E_OK) {
		enum model_kind kind = model_node[model_name[name]].kind;

		if (is_folder) {
			wanted = kind == MODEL_PLAIN            ? FILESERVICE_ERROR_PLAIN
				 : model_entries((int)name) > 0 ? FILESERVICE_ERROR_FILLED
								: E_OK;
		} else if (kind == MODEL_FOLDER) {
			wanted = FILESERVICE_ERROR_FOLDER;
		}
	}
	uint32_t status =
		is_folder ? fileservice_remove_folder(RAW_FILES, model_names[name], length_of(name))
			  : fileservice_remove(RAW_FILES, model_names[name], length_of(name));
	expect_equal(status, wanted);
	if (wanted == E_OK) {
		model_unname(name);
	}
}

static void
do_look(uint32_t name)
{
	enum fileservice_kind kind = FILESERVICE_KIND_SPECIAL;
	uint64_t size = 0;
	uint32_t wanted = model_find(name);

	expect_equal(fileservice_look(RAW_FILES, model_names[name], length_of(name), &size, NULL,
			     NULL, &kind),
		wanted);
	if (wanted == E_OK) {
		const struct model_node *node = &model_node[model_name[name]];

		expect_equal(kind, node->kind == MODEL_PLAIN ? FILESERVICE_KIND_PLAIN
							     : FILESERVICE_KIND_FOLDER);
		expect(node->kind == MODEL_FOLDER || size == node->size);
	}
}

/* Each entry once, and no others. */
static void
do_list(void)
{
	static const int folders[] = {-1, 3, 6};
	int folder = folders[draw(3)];
	const char *name = folder < 0 ? "/" : model_names[folder];
	uint32_t after = 0;
	uint32_t found = 0;

	if (folder >= 0 && (model_find((uint32_t)folder) != E_OK ||
				   model_node[model_name[folder]].kind == MODEL_PLAIN)) {
		return;
	}
	for (;;) {
		char entry[64] = "";
		uint32_t bytes = 0;
		uint32_t number = 0;
		uint32_t status = fileservice_list(RAW_FILES, after, name, (uint32_t)strlen(name),
			NULL, &number, NULL, entry, sizeof(entry) - 1, &bytes);

		if (status != E_OK) {
			expect_equal(status, FILESERVICE_ERROR_ABSENT);
			break;
		}
		expect(number > after);
		after = number;
		found += strcmp(entry, "mortal") != 0;
	}
	expect_equal(found, model_entries(folder));
}

/* --- open files ------------------------------------------------------------------------------ */

static void
do_put(uint32_t slot)
{
	static uint8_t data[600];
	struct model_node *node = &model_node[opens[slot].node];
	uint32_t at = draw(AT_MOST);
	uint32_t bytes = draw(sizeof(data));
	uint32_t count = 0;
	uint64_t end = 0;

	memset(data, (int)draw(256), sizeof(data));
	if (opens[slot].appends) {
		at = node->size;
	}
	if (at + bytes > MODEL_BYTES) {
		return;
	}
	uint32_t wanted = opens[slot].access == FILESERVICE_ACCESS_READ ? FILE_ERROR_ACCESS : E_OK;
	expect_equal(file_put(opens[slot].handle, opens[slot].appends ? draw(5000) : at, data,
			     bytes, &count, &end),
		wanted);
	if (wanted != E_OK || bytes == 0) {
		return;
	}
	expect_equal(count, bytes);
	expect_equal(end, at + bytes);
	if (at > node->size) {
		memset(node->bytes + node->size, 0, at - node->size);
	}
	memcpy(node->bytes + at, data, bytes);
	node->size = at + bytes > node->size ? at + bytes : node->size;
}

static void
do_get(uint32_t slot)
{
	static uint8_t data[MODEL_BYTES];
	const struct model_node *node = &model_node[opens[slot].node];
	uint32_t at = draw(MODEL_BYTES);
	uint32_t bytes = draw(MODEL_BYTES);
	uint32_t count = 0;
	uint32_t left = at < node->size ? node->size - at : 0;
	uint32_t wanted = opens[slot].access == FILESERVICE_ACCESS_WRITE ? FILE_ERROR_ACCESS : E_OK;

	expect_equal(file_get(opens[slot].handle, at, data, bytes, &count), wanted);
	if (wanted == E_OK) {
		expect_equal(count, bytes < left ? bytes : left);
		expect_equal(memcmp(data, node->bytes + at, count), 0);
	}
}

static void
do_resize(uint32_t slot)
{
	struct model_node *node = &model_node[opens[slot].node];
	uint32_t size = draw(MODEL_BYTES);
	uint32_t wanted = opens[slot].access == FILESERVICE_ACCESS_READ ? FILE_ERROR_ACCESS : E_OK;

	expect_equal(file_resize(opens[slot].handle, size), wanted);
	if (wanted == E_OK) {
		if (size > node->size) {
			memset(node->bytes + node->size, 0, size - node->size);
		}
		node->size = size;
	}
}

static void
do_close(uint32_t slot)
{
	expect_equal(file_close(opens[slot].handle), E_OK);
	expect(file_info(opens[slot].handle, NULL, NULL, NULL, NULL) != E_OK);
	model_close(opens[slot].node);
	opens[slot].handle = 0;
}

static void
step(void)
{
	uint32_t choice = draw(16);
	uint32_t slot = draw(OPENS);

	if (choice < 4) {
		do_open(slot);
	} else if (choice < 6) {
		do_make_folder(draw(MODEL_NAMES));
	} else if (choice < 8) {
		do_remove(draw(MODEL_NAMES), draw(2) == 0);
	} else if (choice < 9) {
		do_look(draw(MODEL_NAMES));
	} else if (choice < 10) {
		do_list();
	} else if (opens[slot].handle != 0) {
		static void (*const on_open[])(uint32_t slot) = {
			do_put, do_put, do_get, do_get, do_resize, do_close};
		on_open[choice - 10](slot);
	}
}

void
random_operations(uint32_t seed, uint32_t operations)
{
	random_state = seed * 2654435761u + 1;
	model_clear();
	for (uint32_t i = 0; i < operations; i++) {
		step();
	}
	for (uint32_t slot = 0; slot < OPENS; slot++) {
		if (opens[slot].handle != 0) {
			do_close(slot);
		}
	}
	/* What is below goes first. */
	for (uint32_t i = MODEL_NAMES; i-- > 0;) {
		if (model_find(i) == E_OK) {
			do_remove(i, model_node[model_name[i]].kind == MODEL_FOLDER);
		}
	}
	expect_equal(model_entries(-1), 0);
}
