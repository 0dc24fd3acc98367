/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random system calls out of lattices. */
#include "fuzz/generate.h"

#include <stddef.h>

#include "abi/process.h"

#define KINDS       32u
#define KNOWN       16u /* handles of each kind */
#define LAST_KIND   8u  /* of those that can be made */
#define FIELDS      6u
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

enum role {
	ROLE_HANDLE = 1,
	ROLE_PROCESS,
	ROLE_ENDPOINT,
	ROLE_NOTIFICATION,
	ROLE_ADDRESS,
	ROLE_KIND,
	ROLE_RIGHTS,
	ROLE_SIZE,
	ROLE_LABEL,
	ROLE_PRIORITY,
	ROLE_DIGEST,
	ROLE_NUMBER
};

struct field {
	uint16_t offset;
	uint8_t bytes;
	uint8_t role;
};

struct method {
	uint8_t kind;
	uint8_t number;
	uint16_t bytes;
	struct field fields[FIELDS];
};

static const struct method methods[] = {
#define FIELD(offset, bytes, role)        {(offset), (bytes), (role)},
#define METHOD(kind, number, bytes, list) {(kind), (number), (bytes), {list}},
#include "fuzz_methods.def"
#undef METHOD
#undef FIELD
};

static uint64_t state = 1;
static struct {
	uint32_t handles[KNOWN];
	uint32_t count;
} known[KINDS];
static uint32_t slot_count = 64;
static uint32_t client_count = 1;
static uint64_t digest_words[4];

void
generate_seed(uint64_t seed)
{
	state = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

/* xorshift64*, Vigna 2016. */
static uint64_t
word(void)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return state * UINT64_C(2685821657736338717);
}

uint32_t
generate_below(uint32_t limit)
{
	return (uint32_t)((word() >> 32) * limit >> 32);
}

static uint32_t
one_of(const uint32_t *values, size_t count)
{
	return values[generate_below((uint32_t)count)];
}

void
generate_know(uint8_t kind, uint32_t handle)
{
	uint32_t at = known[kind % KINDS].count;

	if (at < KNOWN) {
		known[kind % KINDS].count++;
	} else {
		at = generate_below(KNOWN);
	}
	known[kind % KINDS].handles[at] = handle;
}

void
generate_forget(void)
{
	for (uint32_t i = 0; i < KINDS; i++) {
		known[i].count = 0;
	}
}

void
generate_bounds(uint32_t slots, uint32_t clients)
{
	slot_count = slots;
	client_count = clients;
}

void
generate_digest(const uint64_t digest[4])
{
	for (uint32_t i = 0; i < 4; i++) {
		digest_words[i] = digest[i];
	}
}

/* Guessed, stale, of a generation to come, none. */
static uint32_t
wrong_handle(void)
{
	static const uint32_t generations[] = {0, 1, 2, 3, 0x7ffff, 0x80000, 0xfffff};
	uint32_t index = generate_below(slot_count);

	switch (generate_below(4)) {
	case 0:
		return (uint32_t)word();
	case 1:
		return one_of(generations, COUNT(generations)) << HANDLE_INDEX_BITS | index;
	case 2:
		return index;
	default:
		return HANDLE_INITIAL(index);
	}
}

static uint32_t
handle_of(uint8_t kind)
{
	uint32_t count = known[kind % KINDS].count;

	return count == 0 || generate_below(32) == 0
		       ? wrong_handle()
		       : known[kind % KINDS].handles[generate_below(count)];
}

static uint32_t
any_handle(void)
{
	return generate_below(16) == 0 ? wrong_handle()
				       : handle_of((uint8_t)(1 + generate_below(LAST_KIND)));
}

/* Ends of pages, of tables, of user space, of the words that addresses are put into. */
static uint64_t
any_address(void)
{
	static const uint64_t places[] = {0, PROCESS_TEXT, PROCESS_INFO, PROCESS_BUFFER,
		PROCESS_STACK, PROCESS_HEAP, PROCESS_THREADS, PROCESS_TP, PROCESS_DEVICES,
		PROCESS_TOP, 0x80000000, UINT64_C(0x100000000), UINT64_C(1) << 40,
		UINT64_C(1) << 48, UINT64_C(1) << 63, UINT64_MAX};
	static const uint64_t steps[] = {0, 1, 2, 4, 8, PAGE_BYTES - 1, PAGE_BYTES, PAGE_BYTES + 1,
		0x1ff000, 0x200000, 0x3ff000, 0x400000};
	uint64_t step = steps[generate_below(COUNT(steps))];

	switch (generate_below(4)) {
	case 0:
		return places[generate_below(COUNT(places))] + step;
	case 1:
		return places[generate_below(COUNT(places))] - step;
	default: /* where mostly nothing is, often enough the same page */
		return PROCESS_DEVICES + UINT64_C(0x01000000) +
		       (uint64_t)generate_below(2048) * PAGE_BYTES;
	}
}

static uint64_t
any_number(void)
{
	static const uint64_t numbers[] = {0, 1, 2, 3, 7, 8, 16, 31, 32, 255, 256, 1023, 1024, 4095,
		4096, 4097, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffff000,
		0xffffffff, UINT64_C(0x100000000), INT64_MAX, UINT64_MAX};

	return generate_below(8) == 0 ? word() : numbers[generate_below(COUNT(numbers))];
}

static uint64_t
any_size(uint8_t kind)
{
	static const uint32_t slots[] = {1, 8, 9, 16, 32, 64, 4096, 8192};

	if (generate_below(8) == 0) {
		return any_number();
	}
	switch (kind) {
	case KIND_UNTYPED:
		return (uint64_t)generate_below(12) * PAGE_BYTES;
	case KIND_PROCESS:
		return one_of(slots, COUNT(slots));
	case KIND_FRAME:
		return generate_below(6);
	default:
		return 0;
	}
}

static uint64_t
any_value(const struct field *field, uint8_t kind)
{
	switch (field->role) {
	case ROLE_HANDLE:
		return any_handle();
	case ROLE_PROCESS:
		return handle_of(KIND_PROCESS);
	case ROLE_ENDPOINT:
		return handle_of(KIND_ENDPOINT);
	case ROLE_NOTIFICATION:
		return handle_of(KIND_NOTIFICATION);
	case ROLE_ADDRESS:
		return any_address();
	case ROLE_KIND:
		return kind;
	case ROLE_RIGHTS:
		return generate_below(16) == 0 ? any_number() : generate_below(8);
	case ROLE_SIZE:
		return any_size(kind);
	case ROLE_LABEL:
		return generate_below(4) == 0 ? any_number() : generate_below(10);
	case ROLE_PRIORITY:
		return generate_below(34);
	case ROLE_DIGEST:
		return digest_words[field->offset / 8 % 4] + generate_below(16) / 15;
	default:
		return any_number();
	}
}

static void
put(struct message *message, const struct field *field, uint64_t value)
{
	for (uint32_t i = 0; i < field->bytes; i++) {
		message->bytes[field->offset + i] = (uint8_t)(value >> 8 * i);
	}
}

static uint32_t
any_length(void)
{
	static const uint32_t lengths[] = {0, 1, 4, 7, 8, 9, 12, 13, 15, 16, 17, 24, 32, 33, 64,
		127, 128, 129, 255, 256, 1000, 1023, 1024, 1025, 2047};

	return one_of(lengths, COUNT(lengths));
}

/* The info word as it should be, mostly. */
static uint32_t
any_info(uint32_t number, uint32_t bytes)
{
	switch (generate_below(32)) {
	case 0:
		return (uint32_t)word();
	case 1:
		return info_make(number, any_length());
	case 2:
		return info_make((uint32_t)word() & INFO_METHOD_MASK, bytes);
	default:
		return info_make(number, bytes);
	}
}

static void
method_request(struct request *request)
{
	const struct method *method = &methods[generate_below(COUNT(methods))];
	uint8_t kind = (uint8_t)(1 + generate_below(generate_below(16) == 0 ? 255 : 10));

	request->number = SYS_call;
	request->handle = generate_below(32) == 0 ? any_handle() : handle_of(method->kind);
	request->message.info = any_info(method->number, method->bytes);
	for (uint32_t i = 0; i < FIELDS && method->fields[i].role != 0; i++) {
		const struct field *field = &method->fields[i];
		put(&request->message, field, any_value(field, kind));
	}
}

static void
message_request(struct request *request)
{
	request->number = generate_below(4) == 0 ? (uint32_t)SYS_reply_recv : (uint32_t)SYS_call;
	request->handle =
		generate_below(4) == 0
			? any_handle()
			: HANDLE_INITIAL(HANDLE_FIRST_INDEX + generate_below(client_count));
	request->message.info = any_info(generate_below(5), any_length());
	*(uint64_t *)(void *)request->message.bytes = any_number();
}

static void
other_request(struct request *request)
{
	static const uint32_t numbers[] = {
		SYSCALL_COUNT, SYSCALL_COUNT + 1, SYSCALL_COUNT + 7, 0xff, 0x100, 0x7fff, 0xffff};

	request->number = generate_below(SYSCALL_COUNT);
	if (generate_below(2048) == 0) {
		request->number = one_of(numbers, COUNT(numbers));
	}
	request->handle = any_handle();
	request->message.info = any_info(generate_below(4), any_length());
}

void
generate_request(struct request *request)
{
	switch (generate_below(8)) {
	case 0:
		message_request(request);
		break;
	case 1:
	case 2:
		other_request(request);
		break;
	default:
		method_request(request);
		break;
	}
}

bool
generate_knows(uint32_t handle)
{
	for (uint32_t kind = 0; kind < KINDS; kind++) {
		for (uint32_t i = 0; i < known[kind].count; i++) {
			if (known[kind].handles[i] == handle) {
				return true;
			}
		}
	}
	return false;
}

bool
generate_names(const struct request *request, bool (*is_such)(uint32_t handle))
{
	for (uint32_t m = 0; m < COUNT(methods); m++) {
		if (methods[m].number != info_method(request->message.info)) {
			continue;
		}
		for (uint32_t i = 0; i < FIELDS && methods[m].fields[i].role != 0; i++) {
			const struct field *field = &methods[m].fields[i];
			uint32_t value;
			__builtin_memcpy(&value, request->message.bytes + field->offset, 4);
			if (field->role <= ROLE_NOTIFICATION && is_such(value)) {
				return true;
			}
		}
	}
	return false;
}
