/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Objects of every kind are made, used, copied, moved, revoked and destroyed, in an order that a
 * seed says, until each kind has been made and destroyed so many times. Then memory, handles and
 * objects must be as they were at the start.
 */
#include "fuzz/core/serial.h"
#include "fuzz/core/verdict.h"
#include "gatehouse/ipc.h"
#include "gen/core/core_abi.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"
#include "objects/objects.h"

#define ARENAS      4u /* pieces of memory that are reset when they are used up */
#define ARENA_BYTES (40 * PAGE_BYTES)
#define ROOT_BYTES  (ARENAS * ARENA_BYTES + 16 * PAGE_BYTES)

_Noreturn void _start(const struct boot_info *boot);

static const uint8_t kinds[] = {KIND_UNTYPED, KIND_PROCESS, KIND_THREAD, KIND_ENDPOINT,
	KIND_NOTIFICATION, KIND_FRAME, KIND_REPLY};

struct thing things[THINGS];
static uint32_t root;
static uint32_t arenas[ARENAS];
static uint64_t made[KINDS];
static uint64_t destroyed[KINDS];
static uint64_t state;

uint8_t *
ipc_buffer(void)
{
	return (uint8_t *)(uintptr_t)PROCESS_BUFFER;
}

/* xorshift64*, Vigna 2016. */
uint32_t
below(uint32_t limit)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (uint32_t)(state * UINT64_C(2685821657736338717) >> 32) % limit;
}

struct thing *
any_of(enum object_kind kind)
{
	uint32_t start = below(THINGS);

	for (uint32_t i = 0; i < THINGS; i++) {
		struct thing *thing = &things[(start + i) % THINGS];
		if (thing->kind == kind) {
			return thing;
		}
	}
	return NULL;
}

static void
forget(struct thing *thing)
{
	uint64_t bytes = 0;

	check(untyped_info(thing->handle, &bytes, 0) == E_HANDLE, "a handle of what is gone",
		thing->kind, 0);
	destroyed[thing->kind]++;
	if (thing->kind == KIND_PROCESS) {
		process_gone(thing);
	}
	*thing = (struct thing){.kind = KIND_NONE};
}

/* Whatever was made of it, in whatever state, goes with it; copies are no shelter. */
static void
arena_reset(uint32_t arena)
{
	uint32_t status = untyped_reset(arenas[arena]);

	check(status == E_OK, "reset", status, E_OK);
	for (uint32_t i = 0; i < THINGS; i++) {
		if (things[i].kind != KIND_NONE && things[i].arena == arena) {
			copies_gone(&things[i]);
			forget(&things[i]);
		}
	}
}

static uint32_t
size_of(uint8_t kind)
{
	switch (kind) {
	case KIND_UNTYPED:
		return (1 + below(2)) * PAGE_BYTES;
	case KIND_PROCESS:
		return 16u << below(2);
	case KIND_FRAME:
		return 1 + below(3);
	default:
		return 0;
	}
}

static void
create(struct thing *thing)
{
	uint8_t kind = kinds[below(sizeof(kinds))];
	uint32_t arena = below(ARENAS);
	uint32_t handle = 0;
	uint32_t status = untyped_retype(arenas[arena], size_of(kind), 0, kind, &handle);

	if (status == E_MEMORY) {
		arena_reset(arena);
		return;
	}
	check(status == E_OK, "retype", status, E_OK);
	*thing = (struct thing){.kind = kind, .arena = (uint8_t)arena, .handle = handle};
	made[kind]++;
}

static void
copy(struct thing *thing)
{
	uint32_t *place = &thing->copies[below(COPIES)];

	if (*place == 0) {
		(void)process_grant(HANDLE_PROCESS, thing->handle, 0, LABEL_SERVER, thing->kind,
			RIGHTS_ALL, place);
	}
}

void
copies_gone(struct thing *thing)
{
	for (uint32_t i = 0; i < COPIES; i++) {
		uint32_t status = thing->copies[i] == 0
					  ? E_HANDLE
					  : process_delete(HANDLE_PROCESS, thing->copies[i]);
		check(status == E_HANDLE, "a revoked copy", status, E_HANDLE);
		thing->copies[i] = 0;
	}
}

static void
revoke(struct thing *thing)
{
	uint32_t status = process_revoke(HANDLE_PROCESS, thing->handle);

	check(status == E_OK, "revoke", status, E_OK);
	copies_gone(thing);
	if (thing->kind == KIND_PROCESS) {
		thing->is_used = false; /* its capability to itself was derived from this one */
	}
}

/* The last capability takes the object with it; before, those that live on copies. */
static void
destroy(struct thing *thing)
{
	uint32_t status = process_delete(HANDLE_PROCESS, thing->handle);

	check(status == E_OK, "delete", status, E_OK);
	for (uint32_t i = 0; i < COPIES; i++) {
		status = thing->copies[i] == 0 ? E_OK
					       : process_delete(HANDLE_PROCESS, thing->copies[i]);
		check(status == E_OK, "delete of a copy", status, E_OK);
	}
	forget(thing);
}

static void
move(struct thing *thing)
{
	uint32_t before = thing->handle;
	uint32_t status = process_move(HANDLE_PROCESS, before, &thing->handle);

	check(status == E_OK && thing->handle != before, "move", status, E_OK);
	if (thing->kind == KIND_FRAME) {
		thing->is_used = false;
		destroy(thing); /* its bytes are those of its first handle */
	}
}

static void
step(void)
{
	struct thing *thing = &things[below(THINGS)];

	if (thing->kind == KIND_NONE) {
		create(thing);
		return;
	}
	switch (below(8)) {
	case 0:
		copy(thing);
		break;
	case 1:
		revoke(thing);
		break;
	case 2:
		destroy(thing);
		break;
	case 3:
		if (below(4) == 0) {
			move(thing);
		}
		break;
	default:
		use(thing);
		break;
	}
}

static uint64_t
least_destroyed(void)
{
	uint64_t least = UINT64_MAX;

	for (uint32_t i = 0; i < sizeof(kinds); i++) {
		least = destroyed[kinds[i]] < least ? destroyed[kinds[i]] : least;
	}
	return least;
}

static uint64_t
free_bytes(uint32_t untyped)
{
	uint64_t bytes = 0;

	check(untyped_info(untyped, &bytes, 0) == E_OK, "memory does not answer", 0, 0);
	return bytes;
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
	check(untyped_reset(root) == E_OK, "reset", 0, 0);
	return count;
}

static void
run(uint64_t times)
{
	for (uint32_t i = 0; i < ARENAS; i++) {
		uint32_t status =
			untyped_retype(root, ARENA_BYTES, LABEL_SERVER, KIND_UNTYPED, &arenas[i]);
		check(status == E_OK, "an arena", status, E_OK);
	}
	process_prepare(root);
	while (least_destroyed() < times) {
		step();
	}
	for (uint32_t i = 0; i < ARENAS; i++) {
		arena_reset(i);
	}
	for (uint32_t i = 0; i < sizeof(kinds); i++) {
		check(made[kinds[i]] == destroyed[kinds[i]], "objects that are left",
			made[kinds[i]] - destroyed[kinds[i]], 0);
		serial_number(made[kinds[i]]);
		serial_text(" ");
	}
	serial_text("made and destroyed\n");
}

_Noreturn void
_start(const struct boot_info *boot)
{
	(void)boot;
	if (!serial_open(HANDLE_UART) || untyped_retype(HANDLE_ACCOUNT, ROOT_BYTES, LABEL_SERVER,
						 KIND_UNTYPED, &root) != E_OK) {
		verdict_end(9);
	}
	serial_text("seed? ");
	state = serial_read_number() << 8 | 0x9d;
	serial_text("times? ");
	uint64_t times = serial_read_number();
	uint64_t bytes = free_bytes(root);
	uint32_t slots = free_slots();

	run(times);
	(void)process_revoke(HANDLE_PROCESS, HANDLE_RTC + 1);
	check(untyped_reset(root) == E_OK, "reset", 0, 0);
	check(free_bytes(root) == bytes, "bytes are lost", free_bytes(root), bytes);
	uint32_t slots_left = free_slots();
	check(slots_left == slots, "slots are lost", slots_left, slots);
	serial_text("objects: 0 failed\n");
	verdict_end(0);
}
