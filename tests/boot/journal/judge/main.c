/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Checks the journal's chain: as it stands, as it grew, and that a change of one bit would show. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "gatehouse/ipc.h"
#include "gen/core/power.h"
#include "process_judge.h"
#include "servers/audit/chain.h"

#define FLOOD   103u /* a grant and denials of the flooder, and its end */
#define DENIED  121u /* of them, and without a record */
#define RING    16u  /* records that the kernel keeps for one instance */
#define MORE    20u
#define KEPT    256u
#define UNKNOWN HANDLE_INITIAL(99)

const uint32_t gatehouse_console_handle = JUDGE_CONSOLE;

static unsigned failed;

static void
check(const char *what, uint32_t found, uint32_t wanted)
{
	if (found != wanted) {
		printf("judge: %s: %u, not %u\n", what, (unsigned)found, (unsigned)wanted);
		failed++;
	}
}

struct head {
	uint32_t number, dropped, forgotten;
	uint8_t digest[CHAIN_DIGEST_BYTES];
};

static struct head
head_read(void)
{
	struct head head;
	uint32_t bytes = 0;

	check("head",
		journal_head(JUDGE_JOURNAL, &head.number, &head.dropped, &head.forgotten,
			head.digest, sizeof(head.digest), &bytes),
		E_OK);
	return head;
}

static uint32_t
digest_read(uint32_t number, uint8_t digest[CHAIN_DIGEST_BYTES])
{
	uint32_t bytes = 0;

	return journal_digest(JUDGE_JOURNAL, number, digest, CHAIN_DIGEST_BYTES, &bytes);
}

/* Whether the entries behind `from`, whose digest is known, lead to `to`; flip: with one bit of the
 * last changed. */
static bool
leads(const struct head *from, const struct head *to, bool flip)
{
	uint8_t digest[CHAIN_DIGEST_BYTES];

	memcpy(digest, from->digest, sizeof(digest));
	for (uint32_t number = from->number + 1; number <= to->number; number++) {
		uint8_t entry[CHAIN_ENTRY_BYTES];
		uint32_t bytes = 0;

		if (journal_entry(JUDGE_JOURNAL, number, entry, sizeof(entry), &bytes) != E_OK) {
			return false;
		}
		entry[20] ^= flip && number == to->number;
		chain_add(digest, entry);
	}
	return memcmp(digest, to->digest, sizeof(digest)) == 0;
}

static void
be_denied(uint32_t times)
{
	for (uint32_t i = 0; i < times; i++) {
		struct message message = {.info = info_make(0, 0)};

		check("a guess", ipc_call(UNKNOWN, 1, &message), E_HANDLE);
	}
}

/* How often that instance was denied; 0: there is none. */
static uint32_t
denied_of(const char *wanted)
{
	uint64_t cpu_ns, messages;
	uint32_t starts, denied, faults, bytes;
	bool running;
	char name[32];

	for (uint32_t number = 1;
		journal_figures(JUDGE_JOURNAL, number, &cpu_ns, &messages, &starts, &denied,
			&faults, &running, name, sizeof(name), &bytes) == E_OK;
		number++) {
		if (bytes == strlen(wanted) && memcmp(name, wanted, bytes) == 0) {
			return denied;
		}
	}
	return 0;
}

int
main(void)
{
	uint8_t digest[CHAIN_DIGEST_BYTES];
	struct head begin = {0};
	struct head first = head_read();

	chain_begin(1, begin.digest);
	check("dropped", first.dropped, FLOOD - RING);
	check("denied", denied_of("flooder"), DENIED);
	check("forgotten", first.forgotten, 0);
	check("from the beginning", leads(&begin, &first, false), true);
	check("with a bit changed", leads(&begin, &first, true), false);
	be_denied(MORE);
	struct head second = head_read();
	check("it grew by", second.number - first.number, MORE);
	check("from the first", leads(&first, &second, false), true);
	check("digest", digest_read(first.number, digest), E_OK);
	check("of the first", (uint32_t)memcmp(digest, first.digest, sizeof(digest)), 0);
	be_denied(KEPT);
	struct head third = head_read();
	check("dropped in all", third.dropped, FLOOD - RING);
	check("forgotten in all", third.forgotten, third.number - KEPT);
	check("of what is forgotten", digest_read(0, digest), JOURNAL_ERROR_ABSENT);
	check("of more than is there", digest_read(third.number + 1, digest), JOURNAL_ERROR_ABSENT);
	second.number = third.forgotten + 1;
	check("the oldest kept", digest_read(second.number, second.digest), E_OK);
	check("from the oldest kept", leads(&second, &third, false), true);
	printf("judge: %u failed\n", failed);
	(void)power_off(JUDGE_POWER, failed != 0);
	return 0;
}
