/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Files and folders in memory. Everything a client makes counts against its share. */
#include "tree.h"

#include <stddef.h>
#include <string.h>

#include "servers/files/path.h"

#define NODE_SHARE 8u /* one part in so many of the memory is nodes */

bool
tree_init(struct tree *tree, void *memory, uint64_t bytes, uint64_t quota_bytes,
	uint64_t (*now)(void))
{
	uint32_t nodes = (uint32_t)(bytes / NODE_SHARE / sizeof(struct tree_node));
	uint64_t node_bytes = (uint64_t)nodes * sizeof(struct tree_node);

	if (nodes < 2 || bytes - node_bytes < BLOCK_BYTES) {
		return false;
	}
	memset(tree, 0, sizeof(*tree));
	memset(memory, 0, (size_t)node_bytes);
	tree->nodes = memory;
	tree->node_count = nodes;
	tree->now = now;
	blocks_init(&tree->blocks, (uint8_t *)memory + node_bytes, bytes - node_bytes);
	tree->share_blocks = (uint32_t)(quota_bytes / BLOCK_BYTES);
	tree->share_nodes = (uint32_t)(quota_bytes * nodes / bytes) + 1;
	tree->nodes[STORE_ROOT] = (struct tree_node){
		.kind = STORE_KIND_FOLDER, .is_there = true, .is_linked = true, .holds = 1};
	for (uint32_t i = nodes - 1; i > 0; i--) {
		tree->nodes[i].next = tree->free_node;
		tree->free_node = i;
	}
	tree->free_nodes = nodes - 1;
	return true;
}

/* --- shares ------------------------------------------------------------------------------- */

static struct tree_owner *
owner_find(struct tree *tree, uint16_t instance)
{
	struct tree_owner *found = NULL;

	for (uint32_t i = 0; i < TREE_OWNERS; i++) {
		if (tree->owners[i].instance == instance) {
			return &tree->owners[i];
		}
		if (found == NULL && tree->owners[i].instance == 0) {
			found = &tree->owners[i];
		}
	}
	return found;
}

static void
owner_settle(struct tree_owner *owner)
{
	if (owner->nodes == 0 && owner->blocks == 0) {
		owner->instance = 0;
	}
}

/* --- nodes -------------------------------------------------------------------------------- */

/* The entries of a folder stand in the order of their numbers, so that a listing that goes on
 * behind one misses none, whatever came and went meanwhile. */
static void
link_in(struct tree *tree, uint32_t folder, uint32_t number)
{
	uint32_t *at = &tree->nodes[folder].first;
	struct tree_node *node = &tree->nodes[number];

	while (*at != TREE_NONE && *at < number) {
		at = &tree->nodes[*at].next;
	}
	node->next = *at;
	*at = number;
	node->parent = folder;
	node->is_linked = true;
	tree->nodes[folder].changed_ns = tree->now();
}

static void
link_out(struct tree *tree, uint32_t number)
{
	struct tree_node *node = &tree->nodes[number];
	uint32_t *at = &tree->nodes[node->parent].first;

	while (*at != number) {
		at = &tree->nodes[*at].next;
	}
	*at = node->next;
	node->is_linked = false;
	tree->nodes[node->parent].changed_ns = tree->now();
}

/* Gives back what nobody can reach any more. */
static void
node_settle(struct tree *tree, uint32_t number)
{
	struct tree_node *node = &tree->nodes[number];
	struct tree_owner *owner;

	if (node->is_linked || node->holds > 0) {
		return;
	}
	owner = owner_find(tree, node->owner);
	owner->blocks -= node->extent.used;
	owner->nodes--;
	blocks_cut(&tree->blocks, &node->extent, 0);
	owner_settle(owner);
	node->is_there = false;
	node->next = tree->free_node;
	tree->free_node = number;
	tree->free_nodes++;
}

static void
name_set(struct tree_node *node, const char *name, uint32_t bytes)
{
	memcpy(node->name, name, bytes);
	node->name_bytes = (uint8_t)bytes;
}

/* --- names -------------------------------------------------------------------------------- */

static enum store_status
entry_find(const struct tree *tree, uint32_t folder, const char *part, uint32_t bytes,
	uint32_t *number)
{
	if (tree->nodes[folder].kind != STORE_KIND_FOLDER) {
		return STORE_PLAIN;
	}
	for (uint32_t i = tree->nodes[folder].first; i != TREE_NONE; i = tree->nodes[i].next) {
		if (tree->nodes[i].name_bytes == bytes &&
			memcmp(tree->nodes[i].name, part, bytes) == 0) {
			*number = i;
			return STORE_OK;
		}
	}
	return STORE_ABSENT;
}

static enum store_status
tree_find(void *context, const char *name, uint32_t bytes, uint32_t *number)
{
	const struct tree *tree = context;
	const char *part;
	uint32_t part_bytes;
	uint32_t at = 0;

	*number = STORE_ROOT;
	while (path_next(name, bytes, &at, &part, &part_bytes)) {
		enum store_status status = entry_find(tree, *number, part, part_bytes, number);
		if (status != STORE_OK) {
			return status;
		}
	}
	return STORE_OK;
}

/* The folder that a name stands in, and its last part. */
static enum store_status
folder_find(struct tree *tree, const char *name, uint32_t bytes, uint32_t *folder,
	const char **last, uint32_t *last_bytes)
{
	uint32_t folder_bytes;

	if (bytes == 1) {
		return STORE_BUSY;
	}
	path_split(name, bytes, &folder_bytes, last, last_bytes);
	enum store_status status = tree_find(tree, name, folder_bytes, folder);
	if (status == STORE_OK && tree->nodes[*folder].kind != STORE_KIND_FOLDER) {
		return STORE_PLAIN;
	}
	return status;
}

static enum store_status
tree_create(void *context, const char *name, uint32_t bytes, enum store_kind kind, uint16_t owner,
	uint32_t *number)
{
	struct tree *tree = context;
	struct tree_owner *payer = owner_find(tree, owner);
	const char *last;
	uint32_t last_bytes;
	uint32_t folder;
	enum store_status status = folder_find(tree, name, bytes, &folder, &last, &last_bytes);

	if (status != STORE_OK) {
		return status;
	}
	if (payer == NULL || payer->nodes >= tree->share_nodes || tree->free_nodes == 0) {
		return STORE_FULL;
	}
	payer->instance = owner;
	payer->nodes++;
	*number = tree->free_node;
	struct tree_node *node = &tree->nodes[*number];
	tree->free_node = node->next;
	tree->free_nodes--;
	*node = (struct tree_node){
		.kind = (uint8_t)kind, .is_there = true, .owner = owner, .changed_ns = tree->now()};
	name_set(node, last, last_bytes);
	link_in(tree, folder, *number);
	return STORE_OK;
}

/* Whether that name may go, as what it is said to be. */
static enum store_status
remove_check(const struct tree *tree, uint32_t number, enum store_kind kind)
{
	const struct tree_node *node = &tree->nodes[number];

	if (number == STORE_ROOT) {
		return kind == STORE_KIND_FOLDER ? STORE_BUSY : STORE_FOLDER;
	}
	if (node->kind != kind) {
		return kind == STORE_KIND_FOLDER ? STORE_PLAIN : STORE_FOLDER;
	}
	return node->first == TREE_NONE ? STORE_OK : STORE_FILLED;
}

static enum store_status
tree_remove(void *context, const char *name, uint32_t bytes, enum store_kind kind)
{
	struct tree *tree = context;
	uint32_t number;
	enum store_status status = tree_find(tree, name, bytes, &number);

	if (status == STORE_OK) {
		status = remove_check(tree, number, kind);
	}
	if (status == STORE_OK) {
		link_out(tree, number);
		node_settle(tree, number);
	}
	return status;
}

static bool
is_below(const struct tree *tree, uint32_t number, uint32_t folder)
{
	while (number != folder && number != STORE_ROOT) {
		number = tree->nodes[number].parent;
	}
	return number == folder;
}

static enum store_status
tree_rename(void *context, uint32_t number, const char *name, uint32_t bytes)
{
	struct tree *tree = context;
	struct tree_node *node = &tree->nodes[number];
	const char *last;
	uint32_t last_bytes;
	uint32_t folder;
	uint32_t old;

	if (!node->is_linked) {
		return STORE_ABSENT;
	}
	enum store_status status = folder_find(tree, name, bytes, &folder, &last, &last_bytes);
	if (status != STORE_OK) {
		return status;
	}
	if (number == STORE_ROOT || is_below(tree, folder, number)) {
		return STORE_BUSY;
	}
	if (entry_find(tree, folder, last, last_bytes, &old) == STORE_OK) {
		status = old == number ? STORE_OK : remove_check(tree, old, node->kind);
		if (old == number || status != STORE_OK) {
			return status;
		}
		link_out(tree, old);
		node_settle(tree, old);
	}
	link_out(tree, number);
	name_set(node, last, last_bytes);
	link_in(tree, folder, number);
	return STORE_OK;
}

static void
tree_info(void *context, uint32_t number, struct store_info *info)
{
	const struct tree *tree = context;
	const struct tree_node *node = &tree->nodes[number];

	*info = (struct store_info){.size = node->size,
		.changed_ns = node->changed_ns,
		.number = number + 1,
		.kind = node->kind};
}

static enum store_status
tree_next(void *context, uint32_t folder, uint32_t after, struct store_entry *entry)
{
	const struct tree *tree = context;
	uint32_t number = tree->nodes[folder].first;

	/* What clients see is one more, so that 0 is before the first. */
	while (number != TREE_NONE && number + 1 <= after) {
		number = tree->nodes[number].next;
	}
	if (number == TREE_NONE) {
		return STORE_ABSENT;
	}
	tree_info(context, number, &entry->info);
	entry->bytes = tree->nodes[number].name_bytes;
	memcpy(entry->name, tree->nodes[number].name, entry->bytes);
	return STORE_OK;
}

static void
tree_hold(void *context, uint32_t number)
{
	struct tree *tree = context;

	tree->nodes[number].holds++;
}

static void
tree_release(void *context, uint32_t number)
{
	struct tree *tree = context;

	tree->nodes[number].holds--;
	node_settle(tree, number);
}

/* --- contents ----------------------------------------------------------------------------- */

static const uint8_t zeros[BLOCK_BYTES];

static void
tree_read(void *context, uint32_t number, uint64_t at, const uint8_t **bytes, uint32_t *count)
{
	const struct tree *tree = context;
	const struct tree_node *node = &tree->nodes[number];
	uint32_t offset = (uint32_t)(at % BLOCK_BYTES);

	*count = 0;
	if (at >= node->size) {
		return;
	}
	const uint8_t *block = blocks_find(&tree->blocks, &node->extent, at);
	*bytes = block == NULL ? zeros : block + offset;
	*count = BLOCK_BYTES - offset;
	if (*count > node->size - at) {
		*count = (uint32_t)(node->size - at);
	}
}

/* What a shorter file had behind its end must not come back when it grows. */
static void
clear_tail(struct tree *tree, struct tree_node *node)
{
	uint32_t offset = (uint32_t)(node->size % BLOCK_BYTES);
	/* It is the tree's own block. */
	uint8_t *block =
		(uint8_t *)(uintptr_t)blocks_find(&tree->blocks, &node->extent, node->size);

	if (block != NULL && offset != 0) {
		memset(block + offset, 0, BLOCK_BYTES - offset);
	}
}

static enum store_status
tree_resize(void *context, uint32_t number, uint64_t size)
{
	struct tree *tree = context;
	struct tree_node *node = &tree->nodes[number];
	struct tree_owner *payer = owner_find(tree, node->owner);
	uint32_t used = node->extent.used;

	if (size > BLOCKS_FILE_MAX) {
		return STORE_RANGE;
	}
	if (size > node->size) {
		clear_tail(tree, node);
	} else {
		blocks_cut(&tree->blocks, &node->extent, size);
		payer->blocks -= used - node->extent.used;
	}
	node->size = size;
	node->changed_ns = tree->now();
	return STORE_OK;
}

static enum store_status
tree_room(void *context, uint32_t number, uint64_t at, uint8_t **bytes, uint32_t *count)
{
	struct tree *tree = context;
	struct tree_node *node = &tree->nodes[number];
	struct tree_owner *payer = owner_find(tree, node->owner);
	uint32_t offset = (uint32_t)(at % BLOCK_BYTES);
	uint32_t used = node->extent.used;

	if (at >= BLOCKS_FILE_MAX) {
		return STORE_RANGE;
	}
	if (at >= node->size) {
		clear_tail(tree, node);
	}
	uint8_t *block =
		blocks_make(&tree->blocks, &node->extent, at, tree->share_blocks - payer->blocks);
	if (block == NULL) {
		return STORE_FULL;
	}
	payer->blocks += node->extent.used - used;
	*bytes = block + offset;
	*count = BLOCK_BYTES - offset;
	return STORE_OK;
}

static void
tree_wrote(void *context, uint32_t number, uint64_t end)
{
	struct tree *tree = context;
	struct tree_node *node = &tree->nodes[number];

	if (end > node->size) {
		node->size = end;
	}
	node->changed_ns = tree->now();
}

static void
tree_usage(void *context, uint16_t owner, struct store_usage *usage)
{
	struct tree *tree = context;

	(void)owner; /* each has the same share */
	*usage = (struct store_usage){
		.total_bytes = (uint64_t)tree->blocks.count * BLOCK_BYTES,
		.free_bytes = (uint64_t)tree->blocks.free_count * BLOCK_BYTES,
		.own_bytes = (uint64_t)tree->share_blocks * BLOCK_BYTES,
		.files = tree->node_count - tree->free_nodes,
		.free_files = tree->free_nodes,
	};
}

const struct store tree_store = {
	.find = tree_find,
	.info = tree_info,
	.next = tree_next,
	.create = tree_create,
	.remove = tree_remove,
	.rename = tree_rename,
	.hold = tree_hold,
	.release = tree_release,
	.read = tree_read,
	.room = tree_room,
	.wrote = tree_wrote,
	.resize = tree_resize,
	.usage = tree_usage,
};
