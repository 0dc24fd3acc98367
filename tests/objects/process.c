/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Processes that run: two instances at most, each with the worker's program and threads of it. */
#include "abi/image.h"
#include "fuzz/core/verdict.h"
#include "gatehouse/syscall.h"
#include "gen/core/frame.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "mbedtls/sha256.h"
#include "objects/objects.h"
#include "target/objects/memory.h"

#define PRIORITY    10
#define STACK_PAGES 2u
#define STACK       (PROCESS_STACK - STACK_PAGES * PAGE_BYTES)
#define WINDOW      PROCESS_HEAP
#define TURN_NS     UINT64_C(50000)
#define SLOT_TEXT   2u
#define SLOT_FIRST  4u /* behind itself, text and stack */

static uint64_t digest[4];
static uint64_t entry;
static uint32_t text; /* sealed: every process has a copy of it */
static uint32_t stacks[2];

static struct thing *instances[2]; /* by instance less one */
static uint8_t threads[2];

void
process_prepare(uint32_t memory)
{
	const struct image_header *image = (const struct image_header *)(uintptr_t)BOOT_BUNDLE;
	const uint8_t *archive = (const uint8_t *)image + image->sections[IMAGE_ARCHIVE].offset;
	const struct archive_entry *first =
		(const struct archive_entry *)(archive + sizeof(struct archive_header));
	const struct program_header *program =
		(const struct program_header *)(archive + first->offset);
	size_t pages = 1u + program->text_pages + program->data_pages;

	mbedtls_sha256_ret(
		(const unsigned char *)program, pages * PAGE_BYTES, (unsigned char *)digest, 0);
	entry = program->entry;
	uint32_t status =
		untyped_retype(memory, program->text_pages, LABEL_SERVER, KIND_FRAME, &text);
	status |= frame_map(text, WINDOW, RIGHT_READ | RIGHT_WRITE);
	memcpy((void *)(uintptr_t)WINDOW, program + 1, program->text_pages * PAGE_BYTES);
	status |= frame_unmap(text);
	status |= frame_seal(text);
	for (uint32_t i = 0; i < 2; i++) {
		status |= untyped_retype(memory, STACK_PAGES, LABEL_SERVER, KIND_FRAME, &stacks[i]);
	}
	check(status == E_OK, "no memory for the worker", status, E_OK);
}

static uint32_t
give(const struct thing *process, uint32_t handle, uint16_t label, uint16_t interface,
	uint8_t rights)
{
	uint32_t granted = 0;

	(void)process_grant(process->handle, handle, below(4), label, interface, rights, &granted);
	return granted;
}

/* Another label in the table of the other instance would have no edge. */
static uint16_t
label_of(const struct thing *process)
{
	return (uint16_t)(LABEL_SERVER + process->instance - 1);
}

static bool
place(const struct thing *process, uint32_t frame, uint64_t address, uint8_t rights)
{
	uint32_t granted = 0;
	uint32_t status = process_grant(
		process->handle, frame, 0, label_of(process), KIND_FRAME, rights, &granted);

	return status == E_OK && process_map(process->handle, address, granted, rights) == E_OK;
}

/* Capabilities for the threads to use, whatever there is. */
static void
furnish(struct thing *process)
{
	for (uint32_t i = 0; i < 6 && process->given < 12; i++) {
		static const uint8_t kinds[] = {
			KIND_ENDPOINT, KIND_ENDPOINT, KIND_REPLY, KIND_NOTIFICATION};
		const struct thing *thing = any_of((enum object_kind)kinds[below(4)]);
		if (thing == NULL) {
			continue;
		}
		bool calls = thing->kind == KIND_ENDPOINT && process->instance == 2;
		uint16_t interface = thing->kind == KIND_REPLY ? KIND_REPLY : 0;
		process->given +=
			give(process, thing->handle, calls ? LABEL_SERVER : label_of(process),
				calls ? INTERFACE_USER : interface,
				calls                       ? RIGHT_SEND
				: thing->kind == KIND_REPLY ? RIGHT_MANAGE
							    : RIGHT_RECEIVE) != 0;
	}
}

static void
configure(struct thing *process)
{
	uint8_t instance = (uint8_t)(instances[0] == NULL ? 1 : 2);

	process->instance = instance;
	if (process_configure(process->handle, HANDLE_ENDPOINT, instance, label_of(process),
		    instance, PRIORITY + 2, false) != E_OK) {
		process->instance = 0;
		return;
	}
	instances[instance - 1] = process;
	threads[instance - 1] = 0;
	uint32_t self =
		give(process, process->handle, label_of(process), KIND_PROCESS, RIGHT_MANAGE);
	process->is_used =
		self == HANDLE_PROCESS &&
		place(process, text, PROCESS_TEXT, RIGHT_READ | RIGHT_EXECUTE) &&
		place(process, stacks[instance - 1], STACK, RIGHT_READ | RIGHT_WRITE) &&
		process_start(process->handle, digest[0], digest[1], digest[2], digest[3]) == E_OK;
}

void
process_use(struct thing *process)
{
	if (process->instance == 0 && (instances[0] == NULL || instances[1] == NULL)) {
		configure(process);
	} else if (process->is_used) {
		furnish(process);
	}
	if (below(64) == 0) {
		(void)process_stop(process->handle);
	}
}

void
process_gone(const struct thing *process)
{
	if (process->instance != 0) {
		instances[process->instance - 1] = NULL;
	}
}

/* The others run while init sleeps. */
static void
let_run(void)
{
	uint32_t bits;

	(void)sys_deadline(sys_clock() + TURN_NS);
	(void)sys_wait(0, &bits);
}

static void
start(const struct thing *thread, const struct thing *process, uint32_t number)
{
	uint32_t slot = SLOT_FIRST + below(process->given + 1);
	uint32_t mode = below(4) == 0            ? below(WORKER_MODES)
			: process->instance == 2 ? WORKER_CALL
						 : WORKER_SERVE + below(2);

	(void)thread_start(
		thread->handle, entry, STACK + (number + 1) * PAGE_BYTES, 0, mode | slot << 8);
	let_run();
}

void
thread_use(struct thing *thread)
{
	struct thing *process = instances[below(2)];
	const struct thing *notification = any_of(KIND_NOTIFICATION);

	switch (below(4)) {
	case 0:
		(void)thread_stop(thread->handle);
		break;
	case 1:
		(void)thread_cancel(thread->handle);
		break;
	case 2:
		if (notification != NULL) {
			(void)thread_bind(thread->handle, notification->handle);
		}
		break;
	default:
		break;
	}
	if (process == NULL || !process->is_used || thread->is_used) {
		return;
	}
	uint8_t number = threads[process->instance - 1];
	if (number < STACK_PAGES &&
		thread_configure(thread->handle, PROCESS_BUFFER + number * PAGE_BYTES,
			process->handle, PRIORITY + (uint8_t)below(3)) == E_OK) {
		thread->is_used = true;
		threads[process->instance - 1]++;
		start(thread, process, number);
	}
}
