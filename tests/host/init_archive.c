/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init's reader of the bundle and of the program archive: bounds, and nothing else believed. */
/* test: servers/init/archive.c servers/init/bundle.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "abi/process.h"
#include "servers/init/archive.h"
#include "servers/init/bundle.h"
#include "tests/host/support/random.h"

#define PAGES     8u /* table, and two programs of header, text, data, or header, text */
#define MUTATIONS 20000

struct archive {
	struct archive_header header;
	struct archive_entry entries[2];
	uint8_t rest[PAGES * PAGE_BYTES - sizeof(struct archive_header) -
		     2 * sizeof(struct archive_entry)];
};

static struct program_header *
program_at(struct archive *archive, uint32_t page)
{
	return (struct program_header *)(void *)((uint8_t *)archive + page * PAGE_BYTES);
}

static void
fill_program(struct program_header *program, uint32_t data_pages, uint32_t bss_pages)
{
	program->magic = PROGRAM_MAGIC;
	program->version = 1;
	program->entry = PROCESS_TEXT + 16;
	program->text_vaddr = PROCESS_TEXT;
	program->data_vaddr = PROCESS_TEXT + PAGE_BYTES;
	program->text_pages = 1;
	program->data_pages = data_pages;
	program->bss_pages = bss_pages;
}

static struct archive *
good_archive(void)
{
	static struct archive archive;

	memset(&archive, 0, sizeof(archive));
	archive.header = (struct archive_header){
		.magic = ARCHIVE_MAGIC,
		.program_count = 2,
		.length_bytes = sizeof(archive),
	};
	archive.entries[0] = (struct archive_entry){
		.name = "audit",
		.offset = PAGE_BYTES,
		.length_bytes = 3 * PAGE_BYTES,
	};
	archive.entries[1] = (struct archive_entry){
		.name = "a-name-of-24-characters-",
		.offset = 4 * PAGE_BYTES,
		.length_bytes = 2 * PAGE_BYTES,
	};
	fill_program(program_at(&archive, 1), 1, 2);
	fill_program(program_at(&archive, 4), 0, 0);
	return &archive;
}

/* Reads every byte that a found program says it has. */
static uint32_t
sum_program(const struct program_header *program)
{
	const uint8_t *bytes = (const uint8_t *)program;
	size_t pages = (size_t)1 + program->text_pages + program->data_pages;
	uint32_t sum = 0;

	for (size_t i = 0; i < pages * PAGE_BYTES; i++) {
		sum += bytes[i];
	}
	return sum;
}

static bool
finds(const struct archive *archive, size_t length_bytes, const char *name)
{
	uint8_t *copy = aligned_alloc(PAGE_BYTES, PAGES * PAGE_BYTES);
	struct span span = {copy, (uint32_t)length_bytes};
	const struct program_header *program = NULL;

	memcpy(copy, archive, PAGES * PAGE_BYTES);
	if (archive_open(&span)) {
		program = archive_find(&span, name);
	}
	if (program != NULL) {
		assert_true(sum_program(program) != 0);
	}
	free(copy);
	return program != NULL;
}

static void
test_good(void **state)
{
	struct archive *archive = good_archive();

	(void)state;
	assert_true(finds(archive, sizeof(*archive), "audit"));
	assert_true(finds(archive, sizeof(*archive), "a-name-of-24-characters-"));
	assert_false(finds(archive, sizeof(*archive), "a-name-of-24-characters-x"));
	assert_false(finds(archive, sizeof(*archive), "audi"));
	assert_false(finds(archive, sizeof(*archive), "auditor"));
	assert_false(finds(archive, sizeof(*archive), ""));
}

static void
test_table(void **state)
{
	struct archive *archive = good_archive();

	(void)state;
	assert_false(finds(archive, 8, "audit"));
	assert_false(finds(archive, sizeof(*archive) - 1, "audit"));
	archive->header.program_count = UINT32_MAX;
	assert_false(finds(archive, sizeof(*archive), "audit"));
	archive = good_archive();
	archive->header.magic++;
	assert_false(finds(archive, sizeof(*archive), "audit"));
	archive = good_archive();
	archive->entries[0].offset = PAGE_BYTES + 8;
	assert_false(finds(archive, sizeof(*archive), "audit"));
	archive = good_archive();
	archive->entries[0].offset = PAGES * PAGE_BYTES;
	assert_false(finds(archive, sizeof(*archive), "audit"));
	archive = good_archive();
	archive->entries[0].length_bytes = UINT32_MAX;
	assert_false(finds(archive, sizeof(*archive), "audit"));
	archive = good_archive();
	archive->entries[0].length_bytes = PAGE_BYTES - 1;
	assert_false(finds(archive, sizeof(*archive), "audit"));
}

static bool
finds_changed(void (*change)(struct program_header *program))
{
	struct archive *archive = good_archive();

	change(program_at(archive, 1));
	return finds(archive, sizeof(*archive), "audit");
}

static void
change_magic(struct program_header *program)
{
	program->magic = 0;
}

static void
change_version(struct program_header *program)
{
	program->version = 2;
}

static void
change_entry_low(struct program_header *program)
{
	program->entry = PROCESS_TEXT - 1;
}

static void
change_entry_high(struct program_header *program)
{
	program->entry = PROCESS_TEXT + PAGE_BYTES;
}

static void
change_no_text(struct program_header *program)
{
	program->text_pages = 0;
}

static void
change_more_text(struct program_header *program)
{
	program->text_pages = 2;
}

static void
change_text_place(struct program_header *program)
{
	program->text_vaddr = PROCESS_INFO;
	program->entry = PROCESS_INFO;
}

static void
change_text_odd(struct program_header *program)
{
	program->text_vaddr++;
}

static void
change_data_place(struct program_header *program)
{
	program->data_vaddr = PROCESS_HEAP;
}

static void
change_data_wraps(struct program_header *program)
{
	program->data_vaddr = UINT64_MAX - PAGE_BYTES + 1;
}

static void
change_bss_heap(struct program_header *program)
{
	program->data_vaddr = PROCESS_HEAP - PAGE_BYTES;
}

static void
change_bss_huge(struct program_header *program)
{
	program->bss_pages = UINT32_MAX;
}

static void
change_data_huge(struct program_header *program)
{
	program->data_pages = UINT32_MAX;
}

static void
test_program(void **state)
{
	void (*const changes[])(struct program_header * program) = {change_magic, change_version,
		change_entry_low, change_entry_high, change_no_text, change_more_text,
		change_text_place, change_text_odd, change_data_place, change_data_wraps,
		change_bss_heap, change_bss_huge, change_data_huge};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		if (finds_changed(changes[i])) {
			fail_msg("change %zu was accepted", i);
		}
	}
}

static void
test_noise(void **state)
{
	(void)state;
	random_start(1);
	for (int i = 0; i < MUTATIONS; i++) {
		struct archive *archive = good_archive();
		/* Where structure is: the table, the two program headers. */
		static const uint32_t starts[] = {0, PAGE_BYTES, 4 * PAGE_BYTES};
		for (uint64_t n = 1 + random_below(3); n > 0; n--) {
			uint32_t at = starts[random_below(3)] + (uint32_t)random_below(80);
			((uint8_t *)archive)[at] = (uint8_t)random_next();
		}
		finds(archive, sizeof(*archive), "audit");
	}
}

static void
test_bundle(void **state)
{
	uint8_t *bytes = aligned_alloc(PAGE_BYTES, 5 * PAGE_BYTES);
	struct image_header *header = (struct image_header *)(void *)bytes;
	struct bundle bundle;

	(void)state;
	memset(bytes, 0, 5 * PAGE_BYTES);
	header->magic = IMAGE_MAGIC;
	header->version = IMAGE_VERSION;
	for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
		header->sections[i].offset = (i + 1) * PAGE_BYTES;
		header->sections[i].length_bytes = 100 + i;
	}
	assert_true(bundle_open(bytes, 5 * PAGE_BYTES, &bundle));
	assert_ptr_equal(bundle.system.bytes, bytes + 2 * PAGE_BYTES);
	assert_int_equal(bundle.archive.length_bytes, 103);
	assert_false(bundle_open(bytes, 4 * PAGE_BYTES, &bundle));
	assert_false(bundle_open(bytes, 100, &bundle));
	header->sections[IMAGE_POLICY].length_bytes = UINT32_MAX;
	assert_false(bundle_open(bytes, 5 * PAGE_BYTES, &bundle));
	header->sections[IMAGE_POLICY].length_bytes = 1;
	header->sections[IMAGE_ARCHIVE].offset = 0;
	assert_false(bundle_open(bytes, 5 * PAGE_BYTES, &bundle));
	header->sections[IMAGE_ARCHIVE].offset = 4 * PAGE_BYTES + 1;
	assert_false(bundle_open(bytes, 5 * PAGE_BYTES, &bundle));
	free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_program),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_bundle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
