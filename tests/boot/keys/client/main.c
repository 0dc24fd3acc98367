/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Uses a key as fast as it may, and tries what it may not; then says why each was denied. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gatehouse/clock.h"
#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "gen/core/process.h"
#include "key.h"
#include "process_client.h"

#define BURST     3u
#define RATE      4u /* in a second */
#define SECONDS   2u
#define NS_PER_MS UINT64_C(1000000)
#define TAG_BYTES 32u

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

static unsigned failed;

static void
check(const char *what, uint32_t found, uint32_t wanted)
{
	if (found != wanted) {
		printf("client: %s: %u, not %u\n", what, (unsigned)found, (unsigned)wanted);
		failed++;
	}
}

/* RFC 4231, case 2. */
static uint32_t
use(uint32_t key)
{
	static const char data[] = "what do ya want for nothing?";
	static const uint8_t wanted[TAG_BYTES] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e,
		0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7, 0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27,
		0x39, 0x83, 0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};
	uint8_t tag[TAG_BYTES] = {0};
	uint32_t bytes = 0;
	uint32_t status = key_mac(key, data, sizeof(data) - 1, tag, sizeof(tag), &bytes);

	if (status == E_OK) {
		check("the tag", (uint32_t)memcmp(tag, wanted, TAG_BYTES), 0);
	}
	return status;
}

/* How fast one key may be used says nothing about another of its kind. */
static void
use_another(uint32_t key)
{
	uint8_t tag[TAG_BYTES] = {0};
	uint32_t bytes = 0;

	check("another of its kind", key_mac(key, "a", 1, tag, sizeof(tag), &bytes), E_OK);
}

static uint32_t
open_key(uint8_t number, uint32_t *key)
{
	uint32_t status;

	while ((status = keystore_open(CLIENT_STORE, number, key)) == KEYSTORE_ERROR_ABSENT) {
		clock_sleep_until(sys_clock() + NS_PER_MS);
	}
	return status;
}

/* As often as the policy lets it, by the kernel's clock. */
static void
use_long(uint32_t key)
{
	uint64_t end_ns = sys_clock() + SECONDS * 1000 * NS_PER_MS;
	unsigned granted = 0;
	unsigned denied = 0;

	while (sys_clock() < end_ns) {
		uint32_t status = use(key);

		granted += status == E_OK;
		denied += status == E_DENIED;
		clock_sleep_until(sys_clock() + 50 * NS_PER_MS);
	}
	printf("client: used %u times, denied %u times\n", granted, denied);
	check("too often", granted > BURST + SECONDS * RATE, 0);
	check("too seldom", granted < BURST + SECONDS * RATE - 2, 0);
}

static void
try_forbidden(uint32_t key)
{
	struct message question = {.info = info_make(0, 1)};
	uint8_t secret[64];
	uint32_t bytes = 0;

	check("read", key_export(key, secret, sizeof(secret), &bytes), E_DENIED);
	check("ask", ipc_call(key, KEY_MAY_USE, &question), E_DENIED);
	check("handed on", drop_leave(CLIENT_DROP, key), E_DENIED);
}

static uint32_t
note(uint32_t from, uint32_t count, const char *where)
{
	return drop_note(CLIENT_DROP, from, count, where, (uint32_t)strlen(where));
}

/* Texts and sums are judged in what really came. */
static void
try_notes(void)
{
	check("note", note(900, 100, "/keys/old"), E_OK);
	check("the folder itself", note(0, 0, "/keys"), E_OK);
	check("a sum too large", note(901, 100, "/keys/old"), E_DENIED);
	check("a sum beyond 32 bits", note(UINT32_MAX, 1, "/keys/old"), E_DENIED);
	check("another folder", note(0, 0, "/keyso"), E_DENIED);
	check("no path", note(0, 0, "/keys/../old"), E_DENIED);
	check("nothing", note(0, 0, ""), E_DENIED);
}

/* Each reason once. */
static void
say_why(void)
{
	uint32_t newest = 0;
	uint32_t lost = 0;
	char words[900];

	check("count", journal_count(CLIENT_JOURNAL, &newest, &lost), E_OK);
	check("lost", lost, 0);
	for (uint32_t i = 1; i <= newest; i++) {
		uint32_t bytes = 0;

		check("why", journal_why(CLIENT_JOURNAL, i, words, sizeof(words), &bytes), E_OK);
		printf("%.*s", (int)bytes, words);
	}
}

/* Uses up what it may, grows old, and ends: in its next life it is young, but has used it all. */
static void
live_once(uint32_t key)
{
	uint32_t other;
	uint32_t fifth = 0;

	check("open the fifth", open_key(5, &fifth), E_OK);
	check("a third", open_key(0, &other), E_DENIED);
	check("let one go", process_delete(HANDLE_PROCESS, fifth), E_OK);
	check("the fifth again", open_key(5, &fifth), E_OK);
	check("a third again", open_key(0, &other), E_DENIED);
	for (unsigned i = 0; i < BURST; i++) {
		check("use", use(key), E_OK);
	}
	check("used up", use(key), E_DENIED);
	use_another(fifth);
	check("another kind", open_key(1, &other), KEYSTORE_ERROR_DENIED);
	check("old", open_key(0, &other), E_DENIED);
	check("handed on when old", drop_leave(CLIENT_DROP, key), E_DENIED);
	exit(failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

int
main(void)
{
	uint32_t key = 0;

	check("open", open_key(0, &key), E_OK);
	if (process_info()->incarnation == 1) {
		live_once(key);
	}
	check("used up in an earlier life", use(key), E_DENIED);
	try_forbidden(key);
	try_notes();
	say_why();
	clock_sleep_until(sys_clock() + 1000 * NS_PER_MS); /* it is full again */
	use_long(key);
	printf("client: %u failed\n", failed);
	(void)power_off(CLIENT_POWER, failed != 0);
	return 0;
}
