/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Archives and bundles: what is written is read back, and no changed byte is accepted. */
/* test: tools/image/elf.c tools/image/program.c tools/image/archive.c tools/image/bundle.c
 *       tools/image/bytes.c tools/host/sha256.c tests/host/support/elf_build.c
 *       tests/host/support/random.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/host/support/elf_build.h"
#include "tests/host/support/random.h"
#include "tools/host/sha256.h"
#include "tools/image/archive.h"
#include "tools/image/bundle.h"

#define FLIPS 3000

static uint8_t elf_bytes[ELF_BUILD_BYTES];

static struct program
make_program(const char *name, enum elf_machine machine)
{
	struct elf_build build = elf_build_program(machine);
	size_t length = elf_build_write(&build, elf_bytes);
	struct problem problem = {""};
	struct program program;
	struct elf elf;

	assert_true(elf_read(&elf, elf_bytes, length, &problem));
	assert_true(program_make(&program, name, &elf, &problem));
	return program;
}

static void
make_archive(struct bytes *archive)
{
	struct program programs[3] = {make_program("uart", ELF_ARM), make_program("audit", ELF_ARM),
		make_program("console", ELF_ARM)};
	struct problem problem = {""};

	assert_true(archive_make(archive, programs, 3, &problem));
	for (size_t i = 0; i < 3; i++) {
		program_free(&programs[i]);
	}
}

static void
test_archive(void **state)
{
	static struct program programs[ARCHIVE_PROGRAMS_MAX];
	struct bytes archive = {0}, text = {0};
	struct problem problem = {""};
	size_t count;

	(void)state;
	make_archive(&archive);
	assert_true(archive_parse(archive.data, archive.length, programs, &count, &problem));
	assert_int_equal(count, 3);
	assert_string_equal(programs[0].name, "audit");
	assert_string_equal(programs[1].name, "console");
	assert_string_equal(programs[2].name, "uart");
	archive_digests(&text, programs, count);
	assert_memory_equal(text.data, "audit ", 6);
	assert_memory_equal(text.data + 6 + 64, " 2 1 2\nconsole ", 15);
	bytes_free(&text);
	bytes_free(&archive);
}

static void
test_archive_refused(void **state)
{
	struct program same[2] = {make_program("x", ELF_ARM), make_program("x", ELF_ARM)};
	struct program mixed[2] = {make_program("x", ELF_ARM), make_program("y", ELF_AARCH64)};
	struct bytes archive = {0};
	struct problem problem = {""};

	(void)state;
	assert_false(archive_make(&archive, same, 2, &problem));
	assert_non_null(strstr(problem.text, "two programs are named `x`"));
	assert_false(archive_make(&archive, mixed, 2, &problem));
	assert_string_equal(problem.text, "`x` is for ARM, `y` is for AArch64");
	assert_false(archive_make(&archive, same, 0, &problem));
	for (size_t i = 0; i < 2; i++) {
		program_free(&same[i]);
		program_free(&mixed[i]);
	}
	bytes_free(&archive);
}

/* Without digests around it, the archive's reader must survive any bytes. */
static void
test_archive_mutated(void **state)
{
	static struct program programs[ARCHIVE_PROGRAMS_MAX];
	struct bytes archive = {0};
	uint8_t *copy;
	size_t count;

	(void)state;
	make_archive(&archive);
	copy = malloc(archive.length);
	assert_non_null(copy);
	random_start(2);
	for (unsigned int i = 0; i < FLIPS; i++) {
		size_t length =
			random_below(16) == 0 ? random_below(archive.length) : archive.length;
		struct problem problem = {""};

		memcpy(copy, archive.data, archive.length);
		for (uint64_t j = random_below(4); j < 4; j++) {
			copy[random_below(2) == 0 ? random_below(112) : 4096 + random_below(112)] ^=
				(uint8_t)random_next();
		}
		(void)archive_parse(copy, length, programs, &count, &problem);
	}
	free(copy);
	bytes_free(&archive);
}

/* An image with a one-page kernel and sections of odd lengths. */
static void
make_image(struct bytes *image)
{
	struct bytes archive = {0};
	struct program init = make_program("init", ELF_ARM);
	struct bytes sections[IMAGE_SECTIONS] = {
		{(uint8_t *)"policy", 6, 0}, {(uint8_t *)"system blob", 11, 0}, init.content, {0}};
	struct problem problem = {""};

	make_archive(&archive);
	sections[IMAGE_ARCHIVE] = archive;
	bytes_append_zeros(image, 4096);
	assert_true(bundle_make(image, sections, &problem));
	program_free(&init);
	bytes_free(&archive);
}

static void
test_bundle(void **state)
{
	struct bytes image = {0};
	struct bundle bundle;
	struct problem problem = {""};

	(void)state;
	make_image(&image);
	assert_true(bundle_verify(&bundle, image.data, image.length, &problem));
	assert_int_equal(bundle.kernel_bytes, 4096);
	assert_int_equal(bundle.offset[IMAGE_POLICY], 2 * 4096);
	assert_int_equal(bundle.length[IMAGE_SYSTEM], 11);
	assert_memory_equal(image.data + bundle.offset[IMAGE_SYSTEM], "system blob", 12);
	assert_int_equal(bundle.program_count, 3);
	assert_string_equal(bundle.init.name, "init");
	bundle_free(&bundle);
	bytes_free(&image);
}

static void
refuse_image(const struct bytes *image, size_t length)
{
	struct bundle bundle;
	struct problem problem = {""};

	assert_false(bundle_verify(&bundle, image->data, length, &problem));
	assert_true(problem.text[0] != '\0');
	bundle_free(&bundle);
}

static void
test_bundle_flipped(void **state)
{
	struct bytes image = {0};

	(void)state;
	make_image(&image);
	random_start(3);
	for (unsigned int i = 0; i < FLIPS; i++) {
		uint64_t limit = i % 4 == 0 ? 4096 : image.length - 4096;
		size_t at = 4096 + random_below(limit);
		uint8_t bit = (uint8_t)(1u << random_below(8));

		image.data[at] ^= bit;
		refuse_image(&image, image.length);
		image.data[at] ^= bit;
	}
	for (size_t length = 0; length < image.length; length += 1 + length / 7) {
		refuse_image(&image, length);
	}
	bytes_free(&image);
}

/* Only the policy's and the system's own reader can know how much of their last page is theirs. */
static bool
is_length_in_page(size_t at)
{
	for (size_t i = IMAGE_POLICY; i <= IMAGE_SYSTEM; i++) {
		size_t field = offsetof(struct image_header, sections) +
			       i * sizeof(struct image_section) +
			       offsetof(struct image_section, length_bytes);

		if (at == field || at == field + 1) {
			return true;
		}
	}
	return false;
}

/* Behind good digests the lengths and places are still checked. */
static void
test_header_mutated(void **state)
{
	struct bytes image = {0};
	uint8_t *copy;

	(void)state;
	make_image(&image);
	copy = malloc(image.length);
	assert_non_null(copy);
	random_start(4);
	for (unsigned int i = 0; i < FLIPS; i++) {
		struct bundle bundle;
		struct problem problem = {""};
		uint8_t *header = copy + 4096;
		size_t at = 8 + random_below(16 + 4 * 40);

		memcpy(copy, image.data, image.length);
		header[at] ^= (uint8_t)(1 + random_below(255));
		sha256(header, 4096 - 32, header + 4096 - 32);
		if (bundle_verify(&bundle, copy, image.length, &problem)) {
			assert_true(is_length_in_page(at));
		}
		bundle_free(&bundle);
	}
	free(copy);
	bytes_free(&image);
}

static void
test_kernel(void **state)
{
	struct elf_build build = elf_build_program(ELF_AARCH64);
	struct bytes image = {0}, binary = {0};
	struct problem problem = {""};
	struct elf elf;

	(void)state;
	assert_true(elf_read(&elf, elf_bytes, elf_build_write(&build, elf_bytes), &problem));
	bytes_append(&binary, "kernel", 6);
	assert_true(image_kernel(&image, &binary, &elf, &problem));
	assert_int_equal(image.length, 0x5000);
	assert_memory_equal(image.data, "kernel\0", 8);
	bytes_append_zeros(&binary, 0x5000 - 6);
	assert_true(image_kernel(&image, &binary, &elf, &problem));
	bytes_append_zeros(&binary, 1);
	assert_false(image_kernel(&image, &binary, &elf, &problem));
	build.kernel_end = 0x414001;
	assert_true(elf_read(&elf, elf_bytes, elf_build_write(&build, elf_bytes), &problem));
	assert_false(image_kernel(&image, &binary, &elf, &problem));
	bytes_free(&binary);
	bytes_free(&image);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_archive),
		cmocka_unit_test(test_archive_refused),
		cmocka_unit_test(test_archive_mutated),
		cmocka_unit_test(test_bundle),
		cmocka_unit_test(test_bundle_flipped),
		cmocka_unit_test(test_header_mutated),
		cmocka_unit_test(test_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
