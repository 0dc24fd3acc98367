/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* init against a kernel that only keeps books: what it grants in which order, that each failure is
 * undone, that a thousand restarts leave nothing behind. */
/* test: servers/init/instance.c servers/init/wiring.c servers/init/program.c
 *       servers/init/archive.c tests/host/support/books.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "abi/abi.h"
#include "abi/image.h"
#include "abi/process.h"
#include "abi/system.h"
#include "mbedtls/sha256.h"
#include "servers/init/instance.h"
#include "tests/host/support/books.h"

#define OWN_PAGES 64u

static const char strings[] = "uart\0Uart\0speed=115200\nname=x\n\0\0shell\0Shell";

#define UART        0
#define UART_CLASS  5
#define UART_LINES  10
#define SHELL       33
#define SHELL_CLASS 39
#define NO_LINES    32

static const struct system_capability capabilities[] = {
	/* uart */
	{SYSTEM_FRAME, 3, 1, 9, KIND_FRAME, 0},
	{SYSTEM_IRQ, RIGHT_MANAGE, 1, 9, KIND_IRQ, 0},
	{SYSTEM_SIGNAL, RIGHT_SEND, 1, 4, INTERFACE_SIGNAL, 0x100},
	/* shell */
	{SYSTEM_CLIENT, RIGHT_SEND, 0, 3, 17, 2u << 24},
	{0},
	{SYSTEM_POLICY, RIGHT_READ, 0, 12, KIND_FRAME, 0},
	{SYSTEM_AUDIT, RIGHT_MANAGE, 0, 13, KIND_AUDIT, 0},
	{SYSTEM_POWER, RIGHT_MANAGE, 0, 14, KIND_POWER, 0},
};

static const struct system_instance instances[] = {
	{UART, UART_CLASS, UART, UART_LINES, 3, 1, 20, 1, 64, 16 * PAGE_BYTES,
		OWN_PAGES *PAGE_BYTES, 4 * PAGE_BYTES, 0, 3, 2000, 10000, 500, 0, 0},
	{SHELL, SHELL_CLASS, UART, NO_LINES, 4, 2, 10, 0, 128, 16 * PAGE_BYTES,
		OWN_PAGES *PAGE_BYTES, 8 * PAGE_BYTES, 3, 5, 0, 0, 0, 0, 0},
};

static struct estate estate;
static struct instance rows[INSTANCES_MAX];
static uint8_t *archive;

/* One program of a header, two text pages, a data page, and three bss pages. */
static void
make_archive(void)
{
	struct archive_header *header;
	struct archive_entry *entry;
	struct program_header *program;

	archive = aligned_alloc(PAGE_BYTES, 5 * PAGE_BYTES);
	for (uint32_t i = 0; i < 5 * PAGE_BYTES; i++) {
		archive[i] = (uint8_t)(i / 7);
	}
	memset(archive, 0, 2 * PAGE_BYTES);
	header = (struct archive_header *)(void *)archive;
	entry = (struct archive_entry *)(header + 1);
	program = (struct program_header *)(void *)(archive + PAGE_BYTES);
	*header = (struct archive_header){ARCHIVE_MAGIC, 1, 5 * PAGE_BYTES, 0};
	*entry = (struct archive_entry){"uart", PAGE_BYTES, 4 * PAGE_BYTES};
	program->magic = PROGRAM_MAGIC;
	program->version = 1;
	program->entry = PROCESS_TEXT + 4;
	program->text_vaddr = PROCESS_TEXT;
	program->data_vaddr = PROCESS_TEXT + 0x10000;
	program->text_pages = 2;
	program->data_pages = 1;
	program->bss_pages = 3;
}

static void
fresh(uint32_t fail_at)
{
	books_reset();
	memset(&estate, 0, sizeof(estate));
	memset(rows, 0, sizeof(rows));
	estate.instances = rows;
	estate.layout = (struct layout){
		.instances = instances,
		.capabilities = capabilities,
		.strings = strings,
		.instance_count = 2,
		.capability_count = 8,
	};
	estate.archive = (struct span){archive, 5 * PAGE_BYTES};
	estate.policy_frame = books_add(KIND_FRAME);
	estate.policy_bytes = 0x5000;
	estate.system_offset = 0x3000;
	books_fail_at(fail_at);
}

static void
check_grant(uint32_t slot, uint32_t source, uint32_t badge, uint16_t label, uint16_t interface,
	uint8_t rights)
{
	const struct books_grant *grant = books_grant(slot);

	assert_int_equal(grant->source, source);
	assert_int_equal(grant->badge, badge);
	assert_int_equal(grant->label, label);
	assert_int_equal(grant->interface, interface);
	assert_int_equal(grant->rights, rights);
}

static void
check_fixed(const struct instance *instance, uint16_t label)
{
	check_grant(1, instance->process, 0, label, KIND_PROCESS, RIGHT_MANAGE);
	check_grant(2, instance->account, 0, label, KIND_UNTYPED, RIGHT_MANAGE);
	check_grant(3, instance->endpoint, 0, label, 0, RIGHT_SEND | RIGHT_RECEIVE);
	check_grant(4, instance->notification, 0, label, KIND_NOTIFICATION, RIGHT_RECEIVE);
	check_grant(5, instance->thread, 0, label, KIND_THREAD, RIGHT_MANAGE);
	assert_int_equal(books_grant(6)->interface, KIND_REPLY);
	check_grant(7, 0, 0, 0, 0, 0);
}

static void
test_wiring(void **state)
{
	(void)state;
	fresh(0);
	assert_int_equal(instance_make(&estate, 0), E_OK);
	assert_int_equal(instance_make(&estate, 1), E_OK);

	assert_int_equal(instance_start(&estate, 0), E_OK);
	check_fixed(&estate.instances[0], 3);
	check_grant(8, HANDLE_INITIAL(BOOT_SLOT_DEVICES + 2), 0, 9, KIND_FRAME, 3);
	check_grant(9, HANDLE_INITIAL(BOOT_SLOT_DEVICES + 3), 0, 9, KIND_IRQ, RIGHT_MANAGE);
	check_grant(10, estate.instances[1].notification, 0x100, 4, INTERFACE_SIGNAL, RIGHT_SEND);
	assert_int_equal(books_grants(), 10 + 3);

	assert_int_equal(instance_start(&estate, 1), E_OK);
	check_fixed(&estate.instances[1], 4);
	check_grant(8, estate.instances[0].endpoint, 2u << 24 | 2, 3, 17, RIGHT_SEND);
	check_grant(9, 0, 0, 0, 0, 0);
	check_grant(10, estate.policy_frame, 0, 12, KIND_FRAME, RIGHT_READ);
	check_grant(11, HANDLE_INITIAL(BOOT_SLOT_AUDIT), 0, 13, KIND_AUDIT, RIGHT_MANAGE);
	check_grant(12, HANDLE_INITIAL(BOOT_SLOT_POWER), 0, 14, KIND_POWER, RIGHT_MANAGE);
}

static void
test_program(void **state)
{
	uint64_t digest[4];
	const struct process_info *info;

	(void)state;
	fresh(0);
	assert_int_equal(instance_make(&estate, 0), E_OK);
	assert_int_equal(instance_start(&estate, 0), E_OK);
	mbedtls_sha256_ret(archive + PAGE_BYTES, 4 * PAGE_BYTES, (unsigned char *)digest, 0);
	assert_memory_equal(books_digest(), digest, sizeof(digest));

	assert_memory_equal(books_content(PROCESS_TEXT), archive + 2 * PAGE_BYTES, 2 * PAGE_BYTES);
	assert_memory_equal(
		books_content(PROCESS_TEXT + 0x10000), archive + 4 * PAGE_BYTES, PAGE_BYTES);
	assert_int_equal(books_rights(PROCESS_TEXT), RIGHT_READ | RIGHT_EXECUTE);
	assert_int_equal(books_rights(PROCESS_TEXT + 0x10000), RIGHT_READ | RIGHT_WRITE);
	assert_int_equal(books_rights(PROCESS_STACK - 4 * PAGE_BYTES), RIGHT_READ | RIGHT_WRITE);

	info = books_information();
	assert_int_equal(info->magic, PROCESS_INFO_MAGIC);
	assert_int_equal(info->label, 3);
	assert_int_equal(info->instance, 1);
	assert_int_equal(info->incarnation, 1);
	assert_int_equal(info->priority, 20);
	assert_int_equal(info->device_bytes, 0);
	assert_string_equal(info->name, "uart");
	assert_string_equal(info->class_name, "Uart");
	assert_memory_equal(info->attributes, "speed=115200\0name=x\0\0", 21);
}

/* What somebody says stands behind the attributes, once; what does not fit is not cut. */
static void
test_words(void **state)
{
	const struct process_info *info;

	(void)state;
	fresh(0);
	assert_int_equal(instance_make(&estate, 0), E_OK);
	memcpy(estate.words, "afirst\0e", 9);
	estate.words_bytes = 9;
	assert_true(instance_has_room(&estate, 0));
	assert_int_equal(instance_start(&estate, 0), E_OK);
	info = books_information();
	assert_int_equal(info->words_bytes, 9);
	assert_memory_equal(info->attributes, "speed=115200\0name=x\0\0", 21);
	assert_true(info->words_offset >= 21);
	assert_memory_equal(info->attributes + info->words_offset, "afirst\0e", 9);
	estate.words_bytes = sizeof(info->attributes) - info->words_offset;
	assert_true(instance_has_room(&estate, 0));
	/* To the byte what fits into the buffer, then a page that it can only read. */
	estate.words_bytes =
		MESSAGE_BYTES_MAX - offsetof(struct process_info, attributes) - info->words_offset;
	estate.words[estate.words_bytes - 1] = 'z';
	instance_end(&estate.instances[0]);
	assert_int_equal(instance_start(&estate, 0), E_OK);
	assert_int_equal(((const char *)info)[MESSAGE_BYTES_MAX - 1], 'z');
	estate.words_bytes++;
	instance_end(&estate.instances[0]);
	assert_int_equal(instance_start(&estate, 0), E_OK);
	assert_int_equal(books_rights(PROCESS_INFO), RIGHT_READ);
	info = books_content(PROCESS_INFO);
	assert_int_equal(info->words_bytes, estate.words_bytes);
	estate.words_bytes = sizeof(info->attributes) - info->words_offset;
	assert_true(instance_has_room(&estate, 0));
	estate.words_bytes++;
	assert_false(instance_has_room(&estate, 0));
}

/* Whatever call fails, the start is undone; the next one works. */
static void
test_failures(void **state)
{
	uint32_t calls;

	(void)state;
	fresh(0);
	instance_make(&estate, 1);
	uint32_t made = books_calls();
	assert_int_equal(instance_start(&estate, 1), E_OK);
	calls = books_calls();
	for (uint32_t n = made + 1; n <= calls; n++) {
		fresh(0);
		instance_make(&estate, 0);
		instance_make(&estate, 1);
		uint32_t lasting = books_live();
		books_fail_at(books_calls() + n - made);
		assert_int_equal(instance_start(&estate, 1), E_MEMORY);
		assert_int_equal(estate.instances[1].state, INSTANCE_STOPPED);
		assert_int_equal(books_live(), lasting);
		assert_int_equal(books_windows(), 0);
		assert_int_equal(instance_start(&estate, 1), E_OK);
	}
	/* What lasts is made by four calls; the first is to the rest of memory, and when that has
	 * none left to init's account. Without one of the others the instance is absent. */
	fresh(1);
	assert_int_equal(instance_make(&estate, 0), E_OK);
	assert_int_equal(books_calls(), 5);
	for (uint32_t n = 2; n <= 4; n++) {
		fresh(n);
		assert_int_equal(instance_make(&estate, 0), E_MEMORY);
		assert_int_equal(estate.instances[0].state, INSTANCE_ABSENT);
	}
}

static void
test_restarts(void **state)
{
	(void)state;
	fresh(0);
	instance_make(&estate, 0);
	instance_start(&estate, 0);
	uint32_t live = books_live();
	for (uint32_t i = 0; i < 1000; i++) {
		instance_end(&estate.instances[0]);
		assert_int_equal(instance_start(&estate, 0), E_OK);
		assert_int_equal(books_live(), live);
	}
	assert_int_equal(estate.instances[0].incarnation, 1001);
	assert_int_equal(books_restarts(estate.instances[0].endpoint), 1000);
}

/* Who reads the policy does not start without it; restarts would not bring it. */
static void
test_no_policy(void **state)
{
	(void)state;
	fresh(0);
	estate.policy_frame = 0;
	instance_make(&estate, 0);
	instance_make(&estate, 1);
	assert_int_equal(instance_start(&estate, 0), E_OK);
	assert_int_equal(instance_start(&estate, 1), E_MEMORY);
	assert_int_equal(estate.instances[1].step, STEP_USES);
}

static void
test_unknown_program(void **state)
{
	(void)state;
	fresh(0);
	estate.archive.length_bytes = PAGE_BYTES;
	((struct archive_header *)(void *)archive)->program_count = 0;
	instance_make(&estate, 0);
	assert_int_equal(instance_start(&estate, 0), E_ARGUMENT);
	assert_int_equal(estate.instances[0].step, STEP_PROGRAM);
	((struct archive_header *)(void *)archive)->program_count = 1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wiring),
		cmocka_unit_test(test_program),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_restarts),
		cmocka_unit_test(test_no_policy),
		cmocka_unit_test(test_unknown_program),
	};

	make_archive();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(archive);
	return failed;
}
