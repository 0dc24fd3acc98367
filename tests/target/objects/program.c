/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A program out of the bundle: started only with its own digest; its end is a message. */
#include "abi/abi.h"
#include "abi/image.h"
#include "check.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "gen/core/frame.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "mbedtls/sha256.h"
#include "objects/memory.h"
#include "objects/tests.h"

#define PRIORITY  12
#define BADGE     0x777u
#define ARGUMENT  234u
#define EXIT_CODE 1234  /* objects/dummy.c adds 1000 */
#define MUCH      5000u /* from where on it uses floating point */
#define SOMEWHERE UINT64_MAX
#define STACK     (PROCESS_STACK - PAGE_BYTES)

static uint32_t untyped;
static uint32_t process;
static uint32_t thread;
static uint64_t digest[4];

static const struct program_header *
program_find(void)
{
	const struct image_header *image = (const struct image_header *)(uintptr_t)BOOT_BUNDLE;
	const uint8_t *archive = (const uint8_t *)image + image->sections[IMAGE_ARCHIVE].offset;
	const struct archive_entry *entries =
		(const struct archive_entry *)(archive + sizeof(struct archive_header));

	expect_equal(((const struct archive_header *)archive)->magic, ARCHIVE_MAGIC);
	return (const struct program_header *)(archive + entries[0].offset);
}

static uint32_t
load(const uint8_t *bytes, uint32_t file_pages, uint32_t pages)
{
	uint32_t frame = make(untyped, pages, 0, KIND_FRAME);

	expect_equal(frame_map(frame, WINDOW, RIGHT_READ | RIGHT_WRITE), E_OK);
	memcpy((void *)(uintptr_t)WINDOW, bytes, (size_t)file_pages * PAGE_BYTES);
	expect_equal(frame_unmap(frame), E_OK);
	return frame;
}

static void
place(uint32_t frame, uint64_t address, uint8_t rights)
{
	uint32_t granted = 0;

	expect_equal(
		process_grant(process, frame, 0, LABEL_DUMMY, KIND_FRAME, rights, &granted), E_OK);
	expect_equal(process_map(process, address, granted, rights), E_OK);
}

static void
load_all(const struct program_header *program)
{
	const uint8_t *text = (const uint8_t *)(program + 1);
	const uint8_t *data = text + (size_t)program->text_pages * PAGE_BYTES;
	uint32_t frame = load(text, program->text_pages, program->text_pages);

	expect_equal(frame_seal(frame), E_OK);
	place(frame, program->text_vaddr, RIGHT_READ | RIGHT_EXECUTE);
	frame = load(data, program->data_pages, program->data_pages + program->bss_pages);
	place(frame, program->data_vaddr, RIGHT_READ | RIGHT_WRITE);
	place(make(untyped, 1, 0, KIND_FRAME), STACK, RIGHT_READ | RIGHT_WRITE);
}

static void
take_digest(const struct program_header *program)
{
	size_t pages = 1u + program->text_pages + program->data_pages;

	expect_equal(mbedtls_sha256_ret((const unsigned char *)program, pages * PAGE_BYTES,
			     (unsigned char *)digest, 0),
		0);
}

static void
build(const struct program_header *program)
{
	uint32_t granted = 0;

	expect_equal(untyped_reset(untyped), E_OK);
	process = make(untyped, 16, 0, KIND_PROCESS);
	expect_equal(process_configure(process, HANDLE_ENDPOINT, BADGE, LABEL_DUMMY, INSTANCE_DUMMY,
			     PRIORITY, false),
		E_OK);
	expect_equal(process_grant(process, process, 0, LABEL_DUMMY, KIND_PROCESS, RIGHT_MANAGE,
			     &granted),
		E_OK);
	expect_equal(granted, HANDLE_PROCESS);
	load_all(program);
	thread = make(untyped, 0, 0, KIND_THREAD);
	expect_equal(thread_configure(thread, PROCESS_BUFFER, process, PRIORITY), E_OK);
}

static uint32_t
start(uint64_t entry, uint64_t argument)
{
	return thread_start(thread, entry, PROCESS_STACK, 0, argument);
}

/* Of what the process is made of nothing is left. */
static void
exhaust(void)
{
	uint32_t handle = 0;

	for (uint32_t pages = 32; pages != 0; pages /= 2) {
		while (untyped_retype(untyped, pages, 0, KIND_FRAME, &handle) == E_OK) {
		}
	}
	while (untyped_retype(untyped, 0, 0, KIND_REPLY, &handle) == E_OK) {
	}
}

static uint64_t
field(const struct message *message, uint32_t offset)
{
	uint64_t value;

	memcpy(&value, message->bytes + offset, sizeof(value));
	return value;
}

/* The kernel speaks with its own label and the badge of the process. */
static void
expect_report(uint8_t kind, uint64_t address)
{
	struct message message;
	struct received received;

	sys_deadline(sys_clock() + UINT64_C(1000000000));
	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	expect_equal(received.kind, RECEIVED_MESSAGE);
	expect_equal(received.caller.badge, BADGE);
	expect_equal(received.caller.label, LABEL_KERNEL);
	expect_equal(received.caller.instance, INSTANCE_DUMMY);
	expect_equal(message.info, info_make(FAULT_REPORT, FAULT_REPORT_CALL_BYTES));
	expect_equal(message.bytes[FAULT_REPORT_KIND_OFFSET], kind);
	if (address != SOMEWHERE) {
		expect_equal(field(&message, FAULT_REPORT_ADDRESS_OFFSET), address);
	}
	/* Answered or not, it stays where it is. */
	message.info = info_make(0, 0);
	expect_equal(ipc_reply(0, &message), E_OK);
	sys_deadline(sys_clock() + UINT64_C(100000000));
	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	expect_equal(received.kind, RECEIVED_FAILED);
	expect_equal(received.status, E_TIMEOUT);
}

static void
test_digest(uint64_t entry)
{
	for (uint32_t i = 0; i < 4; i++) {
		digest[i]++;
		expect_equal(process_start(process, digest[0], digest[1], digest[2], digest[3]),
			E_DENIED);
		digest[i]--;
	}
	expect_equal(process_start(process, digest[1], digest[0], digest[2], digest[3]), E_DENIED);
	expect_equal(start(entry, ARGUMENT), E_STATE);
}

static void
rebuild(const struct program_header *program)
{
	build(program);
	expect_equal(process_start(process, digest[0], digest[1], digest[2], digest[3]), E_OK);
}

void
program_test(void)
{
	const struct program_header *program = program_find();

	untyped = make(HANDLE_ACCOUNT, 64 * PAGE_BYTES, LABEL_DUMMY, KIND_UNTYPED);
	take_digest(program);
	build(program);
	check_test("no start without the program's digest");
	test_digest(program->entry);
	check_test("an exit reaches the supervisor with its code");
	expect_equal(process_start(process, digest[0], digest[1], digest[2], digest[3]), E_OK);
	expect_equal(start(program->entry, ARGUMENT), E_OK);
	expect_report(FAULT_EXIT, EXIT_CODE);
	check_test("floating point takes memory when it is used, and says if there is none");
	rebuild(program);
	expect_equal(start(program->entry, MUCH), E_OK);
	expect_report(FAULT_EXIT, MUCH + EXIT_CODE - ARGUMENT);
	rebuild(program);
	exhaust();
	expect_equal(start(program->entry, MUCH), E_OK);
	expect_report(FAULT_MEMORY, SOMEWHERE);
	check_test("a fault reaches the supervisor with its address");
	rebuild(program);
	expect_equal(start(PROCESS_TEXT - PAGE_BYTES, ARGUMENT), E_OK);
	expect_report(FAULT_EXECUTE, PROCESS_TEXT - PAGE_BYTES);
	expect_equal(untyped_reset(untyped), E_OK);
}
