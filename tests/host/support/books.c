/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A kernel for tests of init that only keeps books. */
#define _DEFAULT_SOURCE
#include "books.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "abi/process.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"

#define OBJECTS_MAX 64u
#define GRANTS_MAX  64u
#define HANDLE_BASE 0x5000u /* of objects made in the test */

struct object {
	uint8_t kind; /* KIND_NONE: free */
	uint32_t parent;
	uint32_t pages;
	uint8_t *content;
	uint64_t window; /* in init's space; 0: not mapped */
	uint32_t restarts;
	bool is_sealed;
};

static struct object objects[OBJECTS_MAX];
static struct books_grant grants[GRANTS_MAX + 1];
static _Alignas(8) uint8_t information[MESSAGE_BYTES_MAX];
static struct {
	uint64_t vaddr;
	uint32_t frame;
	uint8_t rights;
} mappings[GRANTS_MAX];
static uint32_t grant_count;
static uint32_t mapping_count;
static uint32_t call_count;
static uint32_t fail_at;
static bool is_rest_used; /* the small rest of memory is enough for one object */
static uint64_t digest[4];

static uint64_t
get(const struct message *message, uint32_t offset, size_t bytes)
{
	uint64_t value = 0;

	memcpy(&value, message->bytes + offset, bytes);
	return value;
}

static uint32_t
reply(struct message *message, uint32_t handle, uint32_t bytes)
{
	memcpy(message->bytes, &handle, sizeof(handle));
	message->info = info_make(0, bytes);
	return E_OK;
}

static struct object *
find(uint32_t handle)
{
	assert_in_range(handle, HANDLE_BASE, HANDLE_BASE + OBJECTS_MAX - 1);
	assert_int_not_equal(objects[handle - HANDLE_BASE].kind, KIND_NONE);
	return &objects[handle - HANDLE_BASE];
}

static uint32_t
make(uint8_t kind, uint32_t parent, uint32_t size)
{
	for (uint32_t i = 0; i < OBJECTS_MAX; i++) {
		struct object *object = &objects[i];
		if (object->kind != KIND_NONE) {
			continue;
		}
		*object = (struct object){.kind = kind, .parent = parent};
		if (kind == KIND_FRAME) {
			object->pages = size;
			object->content = calloc(size, PAGE_BYTES);
		}
		return HANDLE_BASE + i;
	}
	fail_msg("too many objects");
	return 0;
}

static void
window_close(struct object *object)
{
	size_t bytes = (size_t)object->pages * PAGE_BYTES;

	if (object->window != 0) {
		memcpy(object->content, (void *)(uintptr_t)object->window, bytes);
		munmap((void *)(uintptr_t)object->window, bytes);
		object->window = 0;
	}
}

static void
destroy(struct object *object)
{
	if (object->kind == KIND_FRAME) {
		window_close(object);
		free(object->content);
	}
	object->kind = KIND_NONE;
}

void
books_reset(void)
{
	for (uint32_t i = 0; i < OBJECTS_MAX; i++) {
		if (objects[i].kind != KIND_NONE) {
			destroy(&objects[i]);
		}
	}
	grant_count = 0;
	mapping_count = 0;
	call_count = 0;
	fail_at = 0;
	is_rest_used = false;
}

uint32_t
books_add(enum object_kind kind)
{
	return make((uint8_t)kind, 0, 1);
}

void
books_fail_at(uint32_t call)
{
	fail_at = call;
}

uint32_t
books_calls(void)
{
	return call_count;
}

uint32_t
books_live(void)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < OBJECTS_MAX; i++) {
		count += objects[i].kind != KIND_NONE;
	}
	return count;
}

uint32_t
books_windows(void)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < OBJECTS_MAX; i++) {
		count += objects[i].kind != KIND_NONE && objects[i].window != 0;
	}
	return count;
}

uint32_t
books_restarts(uint32_t endpoint)
{
	return find(endpoint)->restarts;
}

const struct books_grant *
books_grant(uint32_t slot)
{
	assert_in_range(slot, 1, grant_count);
	return &grants[slot];
}

uint32_t
books_grants(void)
{
	return grant_count;
}

static uint32_t
mapping_at(uint64_t vaddr)
{
	for (uint32_t i = 0; i < mapping_count; i++) {
		if (mappings[i].vaddr == vaddr) {
			return i;
		}
	}
	fail_msg("nothing is mapped there");
	return 0;
}

const void *
books_content(uint64_t vaddr)
{
	return find(mappings[mapping_at(vaddr)].frame)->content;
}

uint8_t
books_rights(uint64_t vaddr)
{
	return mappings[mapping_at(vaddr)].rights;
}

const uint64_t *
books_digest(void)
{
	return digest;
}

const void *
books_information(void)
{
	return information;
}

static uint32_t
call_thread(uint32_t method, struct message *message)
{
	if (method == THREAD_INFORM) {
		memcpy(information, message->bytes, info_length(message->info));
	}
	return reply(message, 0, 0);
}

static uint32_t
call_untyped(uint32_t handle, uint32_t method, struct message *message)
{
	if (method == UNTYPED_RESET) {
		for (uint32_t i = 0; i < OBJECTS_MAX; i++) {
			if (objects[i].kind != KIND_NONE && objects[i].parent == handle) {
				destroy(&objects[i]);
			}
		}
		return reply(message, 0, 0);
	}
	assert_int_equal(method, UNTYPED_RETYPE);
	uint8_t kind = (uint8_t)get(message, UNTYPED_RETYPE_KIND_OFFSET, 1);
	if (kind == KIND_PROCESS) {
		grant_count = 0;
		mapping_count = 0;
	}
	return reply(message,
		make(kind, handle, (uint32_t)get(message, UNTYPED_RETYPE_SIZE_OFFSET, 4)),
		UNTYPED_RETYPE_REPLY_BYTES);
}

static uint32_t
call_grant(struct message *message)
{
	assert_in_range(grant_count, 0, GRANTS_MAX - 1);
	grants[++grant_count] = (struct books_grant){
		.source = (uint32_t)get(message, PROCESS_GRANT_HANDLE_OFFSET, 4),
		.badge = (uint32_t)get(message, PROCESS_GRANT_BADGE_OFFSET, 4),
		.label = (uint16_t)get(message, PROCESS_GRANT_LABEL_OFFSET, 2),
		.interface = (uint16_t)get(message, PROCESS_GRANT_INTERFACE_OFFSET, 2),
		.rights = (uint8_t)get(message, PROCESS_GRANT_RIGHTS_OFFSET, 1),
	};
	return reply(message, HANDLE_INITIAL(grant_count), PROCESS_GRANT_REPLY_BYTES);
}

static uint32_t
call_process(uint32_t method, struct message *message)
{
	uint32_t slot;

	switch (method) {
	case PROCESS_GRANT:
		return call_grant(message);
	case PROCESS_MAP:
		slot = (uint32_t)get(message, PROCESS_MAP_HANDLE_OFFSET, 4) & HANDLE_INDEX_MASK;
		mappings[mapping_count].vaddr = get(message, PROCESS_MAP_VADDR_OFFSET, 8);
		mappings[mapping_count].frame = books_grant(slot)->source;
		mappings[mapping_count++].rights =
			(uint8_t)get(message, PROCESS_MAP_RIGHTS_OFFSET, 1);
		break;
	case PROCESS_START:
		memcpy(digest, message->bytes, sizeof(digest));
		break;
	default:
		assert_true(method == PROCESS_CONFIGURE || method == PROCESS_BUDGET ||
			    method == PROCESS_STOP);
		break;
	}
	return reply(message, 0, 0);
}

static uint32_t
call_frame(struct object *frame, uint32_t method, struct message *message)
{
	size_t bytes = (size_t)frame->pages * PAGE_BYTES;
	void *at;

	switch (method) {
	case FRAME_MAP:
		assert_int_equal(frame->window, 0);
		frame->window = get(message, FRAME_MAP_VADDR_OFFSET, 8);
		at = mmap((void *)(uintptr_t)frame->window, bytes, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
		assert_ptr_equal(at, (void *)(uintptr_t)frame->window);
		memcpy(at, frame->content, bytes);
		if (!(get(message, FRAME_MAP_RIGHTS_OFFSET, 1) & RIGHT_WRITE)) {
			mprotect(at, bytes, PROT_READ);
		} else {
			assert_false(frame->is_sealed);
		}
		break;
	case FRAME_SEAL:
		assert_int_equal(frame->window, 0);
		frame->is_sealed = true;
		break;
	default:
		assert_int_equal(method, FRAME_UNMAP);
		window_close(frame);
		break;
	}
	return reply(message, 0, 0);
}

uint32_t
ipc_call(uint32_t handle, uint32_t method, struct message *message)
{
	if (handle == HANDLE_INITIAL(BOOT_SLOT_REST) && is_rest_used) {
		return E_MEMORY;
	}
	if (++call_count == fail_at) {
		return E_MEMORY;
	}
	is_rest_used |= handle == HANDLE_INITIAL(BOOT_SLOT_REST);
	if (handle == HANDLE_ACCOUNT || handle == HANDLE_INITIAL(BOOT_SLOT_REST)) {
		return call_untyped(handle, method, message);
	}
	struct object *object = find(handle);
	switch (object->kind) {
	case KIND_UNTYPED:
		return call_untyped(handle, method, message);
	case KIND_PROCESS:
		return call_process(method, message);
	case KIND_FRAME:
		return call_frame(object, method, message);
	case KIND_THREAD:
		return call_thread(method, message);
	case KIND_ENDPOINT:
		assert_int_equal(method, ENDPOINT_RESTART);
		object->restarts++;
		return reply(message, 0, 0);
	default:
		return reply(message, 0, 0);
	}
}

uint64_t
sys_clock(void)
{
	return call_count;
}

/* servers/init/memory.c without its own memcpy: this machine has one. */
void string_copy(char *to, size_t size_bytes, const char *from);

void
string_copy(char *to, size_t size_bytes, const char *from)
{
	memset(to, 0, size_bytes);
	memcpy(to, from, strnlen(from, size_bytes - 1));
}
