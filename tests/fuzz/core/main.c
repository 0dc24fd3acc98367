/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * System calls of one that may do everything, random but for what would only end the fuzzer. After
 * each round the memory of all that was made is taken back: every byte and every slot must be
 * there.
 */
#include "abi/abi.h"
#include "abi/image.h"
#include "abi/process.h"
#include "fuzz/core/serial.h"
#include "fuzz/core/verdict.h"
#include "fuzz/generate.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"
#include "mbedtls/sha256.h"

#define ROUND      2000u /* calls between two accounts */
#define ROOT_BYTES (128 * PAGE_BYTES)
#define LABEL_ROOT 3   /* of the first instance */
#define SLOTS      96u /* to guess from */
#define PROGRESS   1000000u
#define SHOWN      32u /* bytes of a message */

#define HANDLE_UART HANDLE_INITIAL(BOOT_SLOT_DEVICES)
#define HANDLE_LINE HANDLE_INITIAL(BOOT_SLOT_DEVICES + 1)
#define HANDLE_RTC  HANDLE_INITIAL(BOOT_SLOT_DEVICES + 2)

_Noreturn void _start(const struct boot_info *boot);

static const uint32_t harmless[] = {HANDLE_ENDPOINT, HANDLE_NOTIFICATION, HANDLE_REPLY,
	HANDLE_INITIAL(BOOT_SLOT_AUDIT), HANDLE_RTC, HANDLE_RTC + 1};

#define HARMLESS (sizeof(harmless) / sizeof(harmless[0]))

static struct request request;
static uint32_t root;
static uint64_t statuses[16];

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

/* Methods of its own process that leave it alive. */
static bool
is_harmless(uint32_t method)
{
	return method == PROCESS_GRANT || method == PROCESS_MAP || method == PROCESS_UNMAP ||
	       method == PROCESS_DELETE || method == PROCESS_REVOKE || method == PROCESS_MOVE;
}

/* Objects that it began with and may do everything with; the others it lives by (its memory, its
 * stack, the serial line), or they end the machine. */
static bool
is_vital(uint32_t handle)
{
	for (uint32_t i = 0; i < HARMLESS; i++) {
		if (handle == harmless[i]) {
			return false;
		}
	}
	return handle >= HANDLE_INITIAL(1) && handle < root;
}

/* What it began with, and the memory of all that it makes: it stays where it is. */
static bool
is_first(uint32_t handle)
{
	return handle >= HANDLE_INITIAL(1) && handle <= root;
}

/* Its own end, not the kernel's, would come of it. A call that is no call is a fault of init. */
static bool
is_suicide(void)
{
	if (request.number != SYS_call) {
		return request.number >= SYSCALL_COUNT;
	}
	uint32_t method = info_method(request.message.info);
	bool takes_away =
		method == PROCESS_DELETE || method == PROCESS_MOVE || method == PROCESS_REVOKE;
	if (generate_names(&request, takes_away ? is_first : is_vital)) {
		return true;
	}
	return is_vital(request.handle) &&
	       (request.handle != HANDLE_PROCESS || !is_harmless(method));
}

static uint32_t
perform(void)
{
	struct caller caller;
	uint32_t bits = 0;

	(void)sys_deadline(1); /* long ago: nothing is waited for */
	switch (request.number) {
	case SYS_call:
		return ipc_call(
			request.handle, info_method(request.message.info), &request.message);
	case SYS_reply_recv:
		sys_reply_recv(request.handle, &request.message, &caller);
		return E_OK;
	case SYS_recv:
		sys_recv(request.handle, &request.message, &caller);
		return E_OK;
	case SYS_reply:
		return sys_reply(request.handle, &request.message);
	case SYS_signal:
		return sys_signal(request.handle);
	case SYS_wait:
		return sys_wait(request.handle, &bits);
	case SYS_poll:
		return sys_poll(request.handle, &bits);
	case SYS_yield:
		sys_yield();
		return E_OK;
	default:
		(void)sys_clock();
		return E_OK;
	}
}

/* What was made is drawn from then on. */
static void
learn(uint32_t handle, uint32_t info, uint8_t kind)
{
	uint32_t made;

	if (request.number != SYS_call || request.message.info != info_make(0, 4)) {
		return;
	}
	__builtin_memcpy(&made, request.message.bytes, sizeof(made));
	bool is_retype = info == info_make(UNTYPED_RETYPE, UNTYPED_RETYPE_CALL_BYTES);
	bool is_own_copy = handle == HANDLE_PROCESS && info_method(info) == PROCESS_GRANT;
	if (is_retype || is_own_copy) {
		generate_know(kind, made);
	}
}

/* To see what a seed does: every call before it is made, from a round on. */
static void
show(void)
{
	serial_number(request.number);
	serial_text(" ");
	serial_hex(request.handle);
	serial_text(" ");
	serial_hex(request.message.info);
	for (uint32_t i = 0; i < info_length(request.message.info) && i < SHOWN; i++) {
		serial_text(i == 0 ? ":" : "");
		serial_hex(request.message.bytes[i]);
	}
	serial_text("\n");
}

static void
call_once(bool is_shown)
{
	do {
		generate_request(&request);
	} while (is_suicide());
	if (is_shown) {
		show();
	}
	uint32_t handle = request.handle;
	uint32_t info = request.message.info;
	uint8_t kind = request.message.bytes[UNTYPED_RETYPE_KIND_OFFSET];
	uint32_t status = perform();

	statuses[status & 15]++;
	if (status == E_OK) {
		learn(handle, info, kind);
	}
}

static uint64_t
free_bytes(uint32_t untyped)
{
	uint64_t bytes = 0;
	uint32_t status = untyped_info(untyped, &bytes, 0);

	check(status == E_OK, "the account does not answer", status, E_OK);
	return bytes;
}

static void
start_round(void)
{
	generate_forget();
	for (uint32_t i = 0; i < 8; i++) {
		generate_know(KIND_UNTYPED, root);
	}
	generate_know(KIND_ENDPOINT, HANDLE_ENDPOINT);
	generate_know(KIND_NOTIFICATION, HANDLE_NOTIFICATION);
	generate_know(KIND_REPLY, HANDLE_REPLY);
	generate_know(KIND_PROCESS, HANDLE_PROCESS);
	generate_know(KIND_FRAME, HANDLE_RTC);
	generate_know(KIND_IRQ, HANDLE_RTC + 1);
	generate_know(KIND_AUDIT, HANDLE_INITIAL(BOOT_SLOT_AUDIT));
}

/* How many capabilities the table still takes. */
static uint32_t
free_slots(void)
{
	uint32_t handle;
	uint32_t count = 0;

	while (untyped_retype(root, 0, 0, KIND_NOTIFICATION, &handle) == E_OK) {
		count++;
	}
	(void)untyped_reset(root);
	return count;
}

static void
take_digest(void)
{
	const struct image_header *image = (const struct image_header *)(uintptr_t)BOOT_BUNDLE;
	const uint8_t *archive = (const uint8_t *)image + image->sections[IMAGE_ARCHIVE].offset;
	const struct archive_entry *entry =
		(const struct archive_entry *)(archive + sizeof(struct archive_header));
	const struct program_header *program =
		(const struct program_header *)(archive + entry->offset);
	uint64_t digest[4];

	mbedtls_sha256_ret((const unsigned char *)program,
		(size_t)(1 + program->text_pages + program->data_pages) * PAGE_BYTES,
		(unsigned char *)digest, 0);
	generate_digest(digest);
}

/* All that was made, and all copies of what was there before. */
static uint32_t
take_back(void)
{
	for (uint32_t i = 0; i < HARMLESS; i++) {
		(void)process_revoke(HANDLE_PROCESS, harmless[i]);
	}
	return untyped_reset(root);
}

static void
run(uint64_t seed, uint64_t calls, uint64_t shown_from)
{
	uint64_t full = free_bytes(root);

	for (uint64_t done = 0; done < calls; done += ROUND) {
		generate_seed(seed + done / ROUND);
		start_round();
		for (uint32_t i = 0; i < ROUND; i++) {
			call_once(done >= shown_from);
		}
		uint32_t status = take_back();
		check(status == E_OK, "the memory is not given back", status, E_OK);
		uint64_t bytes = free_bytes(root);
		check(bytes == full, "bytes are lost", bytes, full);
		if (done >= shown_from || done / PROGRESS != (done + ROUND) / PROGRESS) {
			serial_number(done + ROUND);
			serial_text(" calls\n");
		}
	}
}

static void
report(uint64_t calls, uint64_t time_ns)
{
	serial_text("statuses:");
	for (uint32_t i = 0; i < 16; i++) {
		serial_text(" ");
		serial_number(statuses[i]);
	}
	serial_text("\nns for a call: ");
	serial_number(calls == 0 ? 0 : time_ns / calls);
	serial_text("\nfuzzed: ");
	serial_number(calls);
	serial_text(" calls, 0 failed\n");
}

_Noreturn void
_start(const struct boot_info *boot)
{
	(void)boot;
	if (!serial_open(HANDLE_UART) || untyped_retype(HANDLE_ACCOUNT, ROOT_BYTES, LABEL_ROOT,
						 KIND_UNTYPED, &root) != E_OK) {
		verdict_end(9);
	}
	take_digest();
	generate_bounds(SLOTS, 4);
	serial_text("seed? ");
	uint64_t seed = serial_read_number();
	serial_text("calls? ");
	uint64_t calls = serial_read_number();
	serial_text("show from? ");
	uint64_t shown_from = serial_read_number();
	uint32_t slots = free_slots();
	uint64_t start_ns = sys_clock();

	run(seed, calls, shown_from);
	uint64_t end_ns = sys_clock();
	uint32_t slots_left = free_slots();
	check(slots_left == slots, "slots are lost", slots_left, slots);
	report(calls, end_ns - start_ns);
	verdict_end(0);
}
