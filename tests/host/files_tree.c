/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* test: servers/files/ram/tree.c servers/files/ram/blocks.c servers/files/path.c */
/* Files in memory against a model that keeps each as one array; shares; names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "servers/files/path.h"
#include "servers/files/ram/tree.h"

#define MEMORY_BYTES (4u << 20)
#define QUOTA_BYTES  (1u << 20)
#define ALICE        1
#define BOB          2

static struct tree tree;
static uint64_t memory[MEMORY_BYTES / 8];
static uint64_t clock_ns;

static uint64_t
now(void)
{
	return ++clock_ns;
}

static int
make_tree(void **state)
{
	(void)state;
	memset(memory, 0x5a, sizeof(memory));
	assert_true(tree_init(&tree, memory, sizeof(memory), QUOTA_BYTES, now));
	return 0;
}

static enum store_status
find(const char *name, uint32_t *number)
{
	return tree_store.find(&tree, name, (uint32_t)strlen(name), number);
}

static enum store_status
create(const char *name, enum store_kind kind, uint16_t owner, uint32_t *number)
{
	return tree_store.create(&tree, name, (uint32_t)strlen(name), kind, owner, number);
}

static enum store_status
take_away(const char *name, enum store_kind kind)
{
	return tree_store.remove(&tree, name, (uint32_t)strlen(name), kind);
}

/* Bytes that went in. */
static uint32_t
put(uint32_t number, uint64_t at, const uint8_t *data, uint32_t bytes)
{
	uint32_t done = 0;

	while (done < bytes) {
		uint8_t *room;
		uint32_t run;

		if (tree_store.room(&tree, number, at + done, &room, &run) != STORE_OK) {
			break;
		}
		run = run < bytes - done ? run : bytes - done;
		memcpy(room, data + done, run);
		done += run;
		tree_store.wrote(&tree, number, at + done);
	}
	return done;
}

static uint32_t
get(uint32_t number, uint64_t at, uint8_t *data, uint32_t bytes)
{
	uint32_t done = 0;

	while (done < bytes) {
		const uint8_t *from;
		uint32_t run;

		tree_store.read(&tree, number, at + done, &from, &run);
		run = run < bytes - done ? run : bytes - done;
		if (run == 0) {
			break;
		}
		memcpy(data + done, from, run);
		done += run;
	}
	return done;
}

static uint64_t
free_bytes(void)
{
	struct store_usage usage;

	tree_store.usage(&tree, ALICE, &usage);
	return usage.free_bytes;
}

/* --- contents ----------------------------------------------------------------------------- */

#define MODEL_BYTES 400000u

static void
test_model(void **state)
{
	static uint8_t model[MODEL_BYTES];
	static uint8_t seen[MODEL_BYTES];
	static uint8_t data[20000];
	uint64_t before = free_bytes();
	uint32_t size = 0;
	uint32_t number;

	(void)state;
	srand(1);
	assert_int_equal(create("/model", STORE_KIND_PLAIN, ALICE, &number), STORE_OK);
	for (int step = 0; step < 2000; step++) {
		uint32_t at = (uint32_t)rand() % (MODEL_BYTES - sizeof(data));
		uint32_t bytes = 1 + (uint32_t)rand() % sizeof(data);

		if (rand() % 4 == 0) {
			assert_int_equal(tree_store.resize(&tree, number, at), STORE_OK);
			if (at < size) {
				memset(model + at, 0, size - at);
			}
			size = at;
			continue;
		}
		for (uint32_t i = 0; i < bytes; i++) {
			data[i] = (uint8_t)rand();
		}
		assert_int_equal(put(number, at, data, bytes), bytes);
		memcpy(model + at, data, bytes);
		size = size > at + bytes ? size : at + bytes;
		assert_int_equal(get(number, 0, seen, MODEL_BYTES), size);
		assert_memory_equal(seen, model, size);
	}
	assert_int_equal(take_away("/model", STORE_KIND_PLAIN), STORE_OK);
	assert_int_equal(free_bytes(), before);
}

/* A lease that breaks off leaves bytes behind the end; nobody must see them later. */
static void
test_tail(void **state)
{
	uint8_t *room;
	uint8_t seen[8];
	uint32_t number;
	uint32_t run;

	(void)state;
	assert_int_equal(create("/tail", STORE_KIND_PLAIN, ALICE, &number), STORE_OK);
	assert_int_equal(put(number, 0, (const uint8_t *)"ab", 2), 2);
	assert_int_equal(tree_store.room(&tree, number, 2, &room, &run), STORE_OK);
	memcpy(room, "secret", 6);
	assert_int_equal(tree_store.resize(&tree, number, 8), STORE_OK);
	assert_int_equal(get(number, 0, seen, 8), 8);
	assert_memory_equal(seen, "ab\0\0\0\0\0\0", 8);
}

static void
test_far(void **state)
{
	uint8_t *room;
	uint8_t byte = 7;
	uint64_t before = free_bytes();
	uint32_t number;
	uint32_t run;

	(void)state;
	assert_int_equal(create("/far", STORE_KIND_PLAIN, ALICE, &number), STORE_OK);
	assert_int_equal(put(number, BLOCKS_FILE_MAX - 1, &byte, 1), 1);
	assert_int_equal(put(number, 5, &byte, 1), 1);
	assert_int_equal(before - free_bytes(), 5 * BLOCK_BYTES);
	assert_int_equal(tree_store.room(&tree, number, BLOCKS_FILE_MAX, &room, &run), STORE_RANGE);
	assert_int_equal(tree_store.resize(&tree, number, BLOCKS_FILE_MAX + 1), STORE_RANGE);
	byte = 0;
	assert_int_equal(get(number, BLOCKS_FILE_MAX - 1, &byte, 2), 1);
	assert_int_equal(byte, 7);
	assert_int_equal(get(number, 1u << 30, &byte, 1), 1);
	assert_int_equal(byte, 0);
	assert_int_equal(tree_store.resize(&tree, number, 0), STORE_OK);
	assert_int_equal(free_bytes(), before);
}

/* --- shares --------------------------------------------------------------------------------- */

static void
test_share(void **state)
{
	static uint8_t data[BLOCK_BYTES];
	uint32_t alice;
	uint32_t bob;
	uint64_t at = 0;

	(void)state;
	assert_int_equal(create("/alice", STORE_KIND_PLAIN, ALICE, &alice), STORE_OK);
	assert_int_equal(create("/bob", STORE_KIND_PLAIN, BOB, &bob), STORE_OK);
	while (put(alice, at, data, sizeof(data)) == sizeof(data)) {
		at += sizeof(data);
	}
	/* Blocks of numbers count, too. */
	assert_int_equal(at, QUOTA_BYTES - BLOCK_BYTES);
	assert_int_equal(put(bob, 0, data, sizeof(data)), sizeof(data));
	/* What is open pays until it is closed. */
	tree_store.hold(&tree, alice);
	assert_int_equal(take_away("/alice", STORE_KIND_PLAIN), STORE_OK);
	assert_int_equal(create("/alice", STORE_KIND_PLAIN, ALICE, &bob), STORE_OK);
	assert_int_equal(put(bob, 0, data, 1), 0);
	tree_store.release(&tree, alice);
	assert_int_equal(put(bob, 0, data, 1), 1);
}

static void
test_nodes(void **state)
{
	char name[16] = "/0000";
	uint32_t made = 0;
	uint32_t number;

	(void)state;
	for (; made < 10000; made++) {
		for (uint32_t i = 0, rest = made; i < 4; i++, rest /= 10) {
			name[4 - i] = (char)('0' + rest % 10);
		}
		if (create(name, STORE_KIND_PLAIN, ALICE, &number) != STORE_OK) {
			break;
		}
	}
	assert_int_equal(made, tree.share_nodes);
	assert_int_equal(create("/bob", STORE_KIND_FOLDER, BOB, &number), STORE_OK);
	assert_int_equal(take_away("/0007", STORE_KIND_PLAIN), STORE_OK);
	assert_int_equal(create("/again", STORE_KIND_PLAIN, ALICE, &number), STORE_OK);
}

static void
test_owners(void **state)
{
	char name[8] = "/a";
	uint32_t number;

	(void)state;
	for (uint16_t i = 0; i < TREE_OWNERS; i++) {
		name[1] = (char)('!' + i + (i > 12));
		assert_int_equal(
			create(name, STORE_KIND_PLAIN, (uint16_t)(i + 1), &number), STORE_OK);
	}
	assert_int_equal(create("/z", STORE_KIND_PLAIN, 1000, &number), STORE_FULL);
	assert_int_equal(take_away(name, STORE_KIND_PLAIN), STORE_OK);
	assert_int_equal(create("/z", STORE_KIND_PLAIN, 1000, &number), STORE_OK);
}

/* --- names ---------------------------------------------------------------------------------- */

static void
test_folders(void **state)
{
	struct store_entry entry;
	uint32_t folder;
	uint32_t number;
	uint32_t below;

	(void)state;
	assert_int_equal(create("/f", STORE_KIND_FOLDER, ALICE, &folder), STORE_OK);
	assert_int_equal(create("/f/g", STORE_KIND_FOLDER, ALICE, &below), STORE_OK);
	assert_int_equal(create("/f/g/h", STORE_KIND_PLAIN, ALICE, &number), STORE_OK);
	assert_int_equal(create("/f/g/h/i", STORE_KIND_PLAIN, ALICE, &number), STORE_PLAIN);
	assert_int_equal(create("/x/y", STORE_KIND_PLAIN, ALICE, &number), STORE_ABSENT);
	assert_int_equal(take_away("/f", STORE_KIND_FOLDER), STORE_FILLED);
	assert_int_equal(take_away("/f/g/h", STORE_KIND_FOLDER), STORE_PLAIN);
	assert_int_equal(take_away("/f/g", STORE_KIND_PLAIN), STORE_FOLDER);
	assert_int_equal(take_away("/", STORE_KIND_FOLDER), STORE_BUSY);
	assert_int_equal(tree_store.rename(&tree, folder, "/f/g/k", 6), STORE_BUSY);
	assert_int_equal(tree_store.rename(&tree, STORE_ROOT, "/k", 2), STORE_BUSY);
	assert_int_equal(tree_store.rename(&tree, below, "/k", 2), STORE_OK);
	assert_int_equal(find("/k/h", &number), STORE_OK);
	assert_int_equal(find("/f/g", &number), STORE_ABSENT);
	assert_int_equal(tree_store.next(&tree, STORE_ROOT, 0, &entry), STORE_OK);
	assert_int_equal(entry.info.number, folder + 1);
	assert_int_equal(tree_store.next(&tree, STORE_ROOT, entry.info.number, &entry), STORE_OK);
	assert_int_equal(entry.bytes, 1);
	assert_int_equal(entry.name[0], 'k');
	assert_int_equal(
		tree_store.next(&tree, STORE_ROOT, entry.info.number, &entry), STORE_ABSENT);
	/* An open folder that has no name any more cannot get one. */
	tree_store.hold(&tree, folder);
	assert_int_equal(take_away("/f", STORE_KIND_FOLDER), STORE_OK);
	assert_int_equal(tree_store.rename(&tree, folder, "/n", 2), STORE_ABSENT);
	tree_store.release(&tree, folder);
}

static void
test_spelling(void **state)
{
	static const char *const good[] = {"/", "/a", "/a/b", "/.a", "/a.b", "/a b", "/\xc3\xa4"};
	static const char *const bad[] = {"", "a", "//", "/a/", "/a//b", "/.", "/..", "/a/..",
		"/a.", "/a ", "/a./b", "/a\n", "/a\x7f", "/a/./b"};
	char part[70] = "/";
	char whole[300];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(path_is_good(good[i], (uint32_t)strlen(good[i])));
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(path_is_good(bad[i], (uint32_t)strlen(bad[i])));
	}
	assert_false(path_is_good("/a\0b", 4));
	memset(part + 1, 'a', 64);
	assert_true(path_is_good(part, 64));
	assert_false(path_is_good(part, 65));
	for (size_t i = 0; i < sizeof(whole); i++) {
		whole[i] = i % 2 == 0 ? '/' : 'a';
	}
	assert_true(path_is_good(whole, 254));
	assert_false(path_is_good(whole, 256));
}

static void
test_little_memory(void **state)
{
	(void)state;
	assert_false(tree_init(&tree, memory, 1000, QUOTA_BYTES, now));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_model, make_tree),
		cmocka_unit_test_setup(test_tail, make_tree),
		cmocka_unit_test_setup(test_far, make_tree),
		cmocka_unit_test_setup(test_share, make_tree),
		cmocka_unit_test_setup(test_nodes, make_tree),
		cmocka_unit_test_setup(test_owners, make_tree),
		cmocka_unit_test_setup(test_folders, make_tree),
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_little_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
