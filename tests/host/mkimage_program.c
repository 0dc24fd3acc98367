/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Executables become programs, and nothing else does. */
/* test: tools/image/elf.c tools/image/program.c tools/image/bytes.c tools/host/sha256.c
 *       tests/host/support/elf_build.c tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/image.h"
#include "tests/host/support/elf_build.h"
#include "tests/host/support/random.h"
#include "tools/image/elf.h"
#include "tools/image/program.h"

#define MUTATIONS 20000

static const enum elf_machine machines[] = {ELF_ARM, ELF_AARCH64};

/* Reads and converts a file of exactly `length` bytes, so that the sanitizer sees one byte more. */
static bool
convert(const uint8_t *bytes, size_t length, const char *name, struct program *program,
	struct problem *problem)
{
	uint8_t *file = malloc(length);
	struct elf elf;
	bool is_good;

	assert_non_null(file);
	memcpy(file, bytes, length);
	*program = (struct program){0};
	is_good =
		elf_read(&elf, file, length, problem) && program_make(program, name, &elf, problem);
	free(file);
	return is_good;
}

static void
refuse(const struct elf_build *build, const char *sentence)
{
	static uint8_t bytes[ELF_BUILD_BYTES];
	struct problem problem = {""};
	struct program program;

	assert_false(convert(bytes, elf_build_write(build, bytes), "x", &program, &problem));
	if (strstr(problem.text, sentence) == NULL) {
		fail_msg("expected `%s`, got `%s`", sentence, problem.text);
	}
	program_free(&program);
}

static void
test_good(void **state)
{
	static uint8_t bytes[ELF_BUILD_BYTES];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct elf_build build = elf_build_program(machines[i]);
		struct problem problem = {""};
		struct program program, again;
		const uint8_t *content;

		assert_true(convert(
			bytes, elf_build_write(&build, bytes), "sensor", &program, &problem));
		content = program.content.data;
		assert_int_equal(program.text_pages, 2);
		assert_int_equal(program.data_pages, 1);
		assert_int_equal(program.bss_pages, 2);
		assert_int_equal(program.content.length, 4 * 4096);
		assert_memory_equal(content + 4096, bytes + 0x1000, 5000);
		assert_true(bytes_are_zero(content + 4096 + 5000, 8192 - 5000));
		assert_memory_equal(content + 3 * 4096, bytes + 0x3000, 100);
		assert_true(bytes_are_zero(content + 3 * 4096 + 100, 4096 - 100));
		assert_int_equal(
			get_le64(content + offsetof(struct program_header, data_vaddr)), 0x412000);
		assert_true(program_parse(&again, content, program.content.length, &problem));
		assert_memory_equal(again.digest, program.digest, 32);
		assert_string_equal(again.name, "sensor");
		program_free(&program);
	}
}

static void
test_merged(void **state)
{
	static uint8_t bytes[ELF_BUILD_BYTES];
	struct elf_build build = elf_build_program(ELF_AARCH64);
	struct problem problem = {""};
	struct program program;

	(void)state;
	/* Read-only data in front of the code, as with -z separate-code; no data at all. */
	build.segments[0] = (struct elf_build_segment){1, 5, 0x411000, 0x1000, 500, 500};
	build.segments[1] = (struct elf_build_segment){1, 4, 0x410000, 0x3000, 100, 100};
	build.entry = 0x411000;
	assert_true(convert(bytes, elf_build_write(&build, bytes), "x", &program, &problem));
	assert_int_equal(program.text_pages, 2);
	assert_int_equal(program.data_pages + program.bss_pages, 0);
	assert_memory_equal(program.content.data + 4096, bytes + 0x3000, 100);
	assert_memory_equal(program.content.data + 8192, bytes + 0x1000, 500);
	program_free(&program);
}

#define REFUSE(sentence, change)                                                                   \
	do {                                                                                       \
		struct elf_build build = elf_build_program(machines[i]);                           \
		change;                                                                            \
		refuse(&build, sentence);                                                          \
	} while (0)

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		REFUSE("writable and executable", build.segments[0].flags = 7);
		REFUSE("not readable", build.segments[0].flags = 1);
		REFUSE("overlap", build.segments[1].vaddr = 0x411000);
		REFUSE("not behind the text", build.segments[0].memory_bytes = 0x2000;
			build.segments[1].vaddr = 0x413000; build.segments[0].vaddr = 0x411fff;
			build.segments[0].vaddr = 0x420000; build.entry = 0x420000);
		REFUSE("text starts at", build.segments[0].vaddr = 0x410010;
			build.entry = 0x410020);
		REFUSE("data starts at", build.segments[1].vaddr = 0x412010);
		REFUSE("not in an executable", build.entry = 0x412000);
		REFUSE("not in an executable", build.entry = 0x411388);
		REFUSE("is outside", build.segments[0].vaddr = 0x3ff000);
		REFUSE("is outside", build.segments[1].vaddr = 0x10000000);
		REFUSE("is outside", build.segments[1].memory_bytes = 0x10000000);
		REFUSE("outside the file", build.segments[1].offset = 0x10000);
		REFUSE("more bytes in the file", build.segments[1].memory_bytes = 99);
		REFUSE("wraps around", build.segments[1].vaddr = 0xfffff000;
			build.segments[1].memory_bytes = UINT64_MAX);
		REFUSE("no program headers", build.segment_count = 0);
		REFUSE("nothing to load", build.segments[0].type = 6; build.segments[1].type = 6);
		REFUSE("dynamically linked", build.segments[1].type = 2);
		REFUSE("dynamically linked", build.segments[1].type = 3);
		REFUSE("no text segment", build.segments[0].flags = 6);
		REFUSE("machine 3", build.machine = 3);
	}
}

static void
test_names(void **state)
{
	static uint8_t bytes[ELF_BUILD_BYTES];
	static const char *const bad[] = {"", "Sensor", "a b", "../x", "twenty-four-characters-x"};
	struct elf_build build = elf_build_program(ELF_ARM);
	size_t length = elf_build_write(&build, bytes);

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct problem problem = {""};
		struct program program;

		assert_false(convert(bytes, length, bad[i], &program, &problem));
		assert_non_null(strstr(problem.text, "bad program name"));
	}
}

static void
test_symbol(void **state)
{
	static uint8_t bytes[ELF_BUILD_BYTES];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct elf_build build = elf_build_program(machines[i]);
		size_t length = elf_build_write(&build, bytes);
		struct problem problem = {""};
		struct elf elf;
		uint64_t value = 0;

		assert_true(elf_read(&elf, bytes, length, &problem));
		assert_true(elf_symbol(&elf, "kernel_end", &value, &problem));
		assert_int_equal(value, 0x415000);
		assert_false(elf_symbol(&elf, "kernel_en", &value, &problem));
		assert_false(elf_symbol(&elf, "kernel_end2", &value, &problem));
	}
}

static void
test_truncated(void **state)
{
	static uint8_t bytes[ELF_BUILD_BYTES];
	struct elf_build build = elf_build_program(ELF_AARCH64);
	size_t length = elf_build_write(&build, bytes);

	(void)state;
	for (size_t i = 1; i < length; i += i < 1024 ? 1 : 61) {
		struct problem problem = {""};
		struct program program;

		assert_false(convert(bytes, i, "x", &program, &problem));
		assert_true(problem.text[0] != '\0');
	}
}

/* Mostly in the headers, sometimes several at once, often with values at the borders. */
static void
mutate(uint8_t *bytes, size_t length)
{
	static const uint8_t values[] = {0, 1, 0x7f, 0x80, 0xff};
	uint64_t changes = 1 + random_below(4);

	for (uint64_t i = 0; i < changes; i++) {
		uint64_t limit = random_below(8) == 0 ? length : 64 + 4 * 56;
		uint64_t at = random_below(8) == 1 ? 512 + random_below(400) : random_below(limit);

		bytes[at] = random_below(2) == 0 ? (uint8_t)random_next()
						 : values[random_below(sizeof(values))];
	}
}

static void
test_mutated(void **state)
{
	static uint8_t bytes[ELF_BUILD_BYTES], good[2][ELF_BUILD_BYTES];
	size_t lengths[2];
	unsigned int accepted = 0;

	(void)state;
	random_start(1);
	for (size_t i = 0; i < 2; i++) {
		struct elf_build build = elf_build_program(machines[i]);

		lengths[i] = elf_build_write(&build, good[i]);
	}
	for (unsigned int i = 0; i < MUTATIONS; i++) {
		size_t length = lengths[i % 2];
		struct problem problem = {""};
		struct program program, again;
		struct elf elf;
		uint64_t value;

		memcpy(bytes, good[i % 2], length);
		mutate(bytes, length);
		if (convert(bytes, length, "x", &program, &problem)) {
			accepted++;
			assert_true(program_parse(
				&again, program.content.data, program.content.length, &problem));
		} else {
			assert_true(problem.text[0] != '\0');
		}
		if (elf_read(&elf, bytes, length, &problem)) {
			(void)elf_symbol(&elf, "kernel_end", &value, &problem);
		}
		program_free(&program);
	}
	/* The mutations reach past the first check, and do not miss it. */
	assert_in_range(accepted, MUTATIONS / 100, MUTATIONS - MUTATIONS / 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_symbol),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_mutated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
