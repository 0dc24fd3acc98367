/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Attacks on what was given for a while: capabilities that land, memory that is lent. */
#include <pthread.h>
#include <stddef.h>
#include <string.h>

#include "abi/process.h"
#include "attack/attack.h"
#include "gatehouse/ipc.h"
#include "gatehouse/process.h"
#include "gen/core/frame.h"
#include "gen/core/process.h"
#include "gen/core/untyped.h"
#include "process_attacker.h"

#define LENT_BYTES 64u
#define FROM       0u /* the lease that may be read */
#define TO         1u /* the one that may be written */
#define FORGED     0x66u
#define UNUSED     HANDLE_INITIAL(200)
#define CHANGING   (PROCESS_DEVICES + UINT64_C(0x02800000))
#define SLOW_NS    UINT64_C(1000000)

static uint32_t given_bell;
static struct outcome lent;

void
attack_given(uint32_t bell, bool keep)
{
	given_bell = bell;
	if (keep) {
		(void)process_move(HANDLE_PROCESS, bell, &given_bell);
	}
}

/* 2: what landed with an earlier request, and what was taken back since. */
struct outcome
attack_given_stale(void)
{
	struct outcome outcome = {.status = sys_signal(given_bell)};

	outcome.gained = outcome.status != E_HANDLE;
	return outcome;
}

/* 4: in place of a bell of its own a number that it has not, something that is no bell, and one
 * that the server may not ring. */
struct outcome
attack_given_on(uint8_t step)
{
	static const uint32_t handles[] = {UNUSED, ATTACKER_VAULT, ATTACKER_BELL};
	struct outcome outcome;
	uint32_t rung;

	outcome.status = deputy_ring(ATTACKER_DEPUTY, handles[step - 2], &rung);
	outcome.gained = outcome.status != (step == 2 ? (uint32_t)E_HANDLE : (uint32_t)E_DENIED);
	return outcome;
}

static void
try_lease(uint32_t handle, uint32_t index, uint32_t offset, bool is_write)
{
	static uint8_t bytes[LENT_BYTES];
	const struct lease_copy copy = {
		.address = (uintptr_t)bytes, .offset = offset, .length = sizeof(bytes)};
	uint32_t count = 0;

	memset(bytes, FORGED, sizeof(bytes));
	lent.status = is_write ? sys_lease_write(handle, index, &copy, &count)
			       : sys_lease_read(handle, index, &copy, &count);
	lent.gained |= lent.status == E_OK || count != 0;
}

/* While it is lent: the other way, beyond its end, one more. Behind the answer, in which stands how
 * long it was: by the caller that it had, by its reply object. */
void
attack_lent(const struct lease *from, const struct lease *to)
{
	const uint32_t lengths[] = {from->length_bytes, to->length_bytes};
	struct message answer = {.info = info_make(0, sizeof(lengths))};

	lent = (struct outcome){0};
	try_lease(0, FROM, 0, true);
	try_lease(0, TO, 0, false);
	try_lease(0, TO, 1, true);
	try_lease(0, FROM, UINT32_MAX, false);
	try_lease(0, TO + 1, 0, true);
	memcpy(answer.bytes, lengths, sizeof(lengths));
	(void)ipc_reply(0, &answer);
	try_lease(HANDLE_REPLY, TO, 0, true);
	try_lease(0, FROM, 0, false);
	try_lease(0, TO, 0, true);
}

/* What it lends may be written when it calls, and not any more when the vault comes to it. */
static uint32_t changing; /* a frame */

static void *
change(void *unused)
{
	(void)frame_unmap(changing);
	(void)frame_map(changing, CHANGING, RIGHT_READ);
	return unused;
}

static void *
keep_busy(void *unused)
{
	uint32_t value;

	(void)vault_slow(ATTACKER_VAULT, SLOW_NS, &value);
	return unused;
}

static bool
is_written_after_change(void)
{
	static const uint8_t from[LENT_BYTES];
	void *page = (void *)(uintptr_t)CHANGING;
	uint32_t read = E_OK;
	uint32_t written = E_OK;
	pthread_t busy;
	pthread_t changer;

	if (untyped_retype(HANDLE_ACCOUNT, 1, 0, KIND_FRAME, &changing) != E_OK ||
		frame_map(changing, CHANGING, RIGHT_READ | RIGHT_WRITE) != E_OK ||
		pthread_create(&busy, NULL, keep_busy, NULL) != 0) {
		return true; /* not what it is about: seen as a failure */
	}
	sys_yield(); /* the vault is busy, so the next call waits */
	if (pthread_create(&changer, NULL, change, NULL) != 0) {
		return true;
	}
	uint32_t status =
		vault_exchange(ATTACKER_VAULT, from, LENT_BYTES, page, LENT_BYTES, &read, &written);
	pthread_join(busy, NULL);
	pthread_join(changer, NULL);
	return status != E_OK || written != E_LEASE || *(volatile const uint8_t *)page != 0;
}

/* 9: memory that it was lent; then it lends what it does not have: the kernel's, a device's,
 * others', and, to be written, what it may only read. */
struct outcome
attack_lease(uint8_t step)
{
	static const uintptr_t addresses[] = {
		0, PROCESS_TOP, 0x40080000u, 0x80000000u, 0x09000000u, 0xfffff000u};
	struct outcome outcome = {0};
	static uint8_t own[LENT_BYTES];
	static const uint8_t constants[LENT_BYTES] = {1};
	uintptr_t read_only = (uintptr_t)constants;
	uint32_t read = E_OK;

	if (step == 1) {
		return lent;
	}
	/* What it has is no trouble. */
	if (vault_exchange(ATTACKER_VAULT, own, LENT_BYTES, own, LENT_BYTES, &read,
		    &outcome.status) != E_OK ||
		read != E_OK || outcome.status != E_OK) {
		return outcome;
	}
	for (uint32_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		uint32_t status = vault_exchange(ATTACKER_VAULT, (const void *)addresses[i],
			LENT_BYTES, (void *)read_only, LENT_BYTES, &read, &outcome.status);
		outcome.gained |= status == E_OK && (read == E_OK || outcome.status == E_OK);
	}
	outcome.gained |= is_written_after_change();
	return outcome;
}
