/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Sends secrets for every verdict that has a value, and prints all that anybody is told of it. */
#include <stdio.h>
#include <string.h>

#include "../canary.h"
#include "gatehouse/ipc.h"
#include "gen/core/power.h"
#include "process_prober.h"

#define EXPORT      2u /* of the key server's interface Key */
#define SHORT_BYTES 8u
#define ENTRY_BYTES 56u

const uint32_t gatehouse_console_handle = PROBER_CONSOLE;

static unsigned failed;

static void
check(const char *what, uint32_t found, uint32_t wanted)
{
	if (found != wanted) {
		printf("prober: %s: %u, not %u\n", what, (unsigned)found, (unsigned)wanted);
		failed++;
	}
}

static uint32_t
open_with(uint32_t service, uint32_t code)
{
	bool ok = false;

	return service_open(service, code, &ok);
}

static uint32_t
export_of(uint32_t handle)
{
	uint8_t bytes[CANARY_BYTES] = {0};
	uint32_t length = 0;
	uint32_t status = tlskey_export(handle, bytes, sizeof(bytes), &length);

	check("what came", memcmp(bytes, CANARY_KEY, CANARY_BYTES) == 0, status == E_OK);
	return status;
}

static uint32_t
take_of(uint32_t handle)
{
	uint8_t bytes[CANARY_BYTES] = {0};
	uint32_t length = 0;
	uint32_t status = random_take(handle, CANARY_BYTES, bytes, sizeof(bytes), &length);

	check("what was thrown", memcmp(bytes, CANARY_RANDOM, CANARY_BYTES) == 0, status == E_OK);
	return status;
}

/* One byte too many, a code, and more of it behind. */
static uint32_t
misshapen(uint32_t service)
{
	struct message message = {.info = info_make(1, SHORT_BYTES)};
	const uint32_t code = CANARY_CODE;

	memcpy(message.bytes, &code, sizeof(code));
	memcpy(message.bytes + sizeof(code), &code, sizeof(code));
	return ipc_call(service, 1, &message);
}

static void
probe_codes(void)
{
	check("granted", open_with(PROBER_OPEN_SERVICE, CANARY_CODE), E_OK);
	check("state", open_with(PROBER_OPEN_SERVICE, CANARY_CODE), E_DENIED);
	check("guard", open_with(PROBER_NARROW_SERVICE, CANARY_CODE), E_DENIED);
	check("shape", misshapen(PROBER_NARROW_SERVICE), E_DENIED);
	check("default", open_with(PROBER_NONE_SERVICE, CANARY_CODE), E_DENIED);
	check("remembered", open_with(PROBER_SHUT_SERVICE, CANARY_CODE), E_OK);
	check("known", open_with(PROBER_SHUT_SERVICE, CANARY_CODE), E_DENIED);
	check("full", open_with(PROBER_SHUT_SERVICE, CANARY_OTHER), E_DENIED);
	check("forbidden", open_with(PROBER_SHUT_SERVICE, CANARY_FORBID), E_DENIED);
	check("nobody", open_with(HANDLE_INITIAL(99), CANARY_CODE), E_HANDLE);
}

static void
probe_keys(void)
{
	struct message message = {.info = info_make(EXPORT, 0)};
	uint32_t key = 0;

	check("exported", export_of(PROBER_OPEN_KEY), E_OK);
	check("too long", export_of(PROBER_NARROW_KEY), E_DENIED);
	check("thrown", take_of(PROBER_OPEN_RANDOM), E_OK);
	check("thrown too far", take_of(PROBER_NARROW_RANDOM), E_DENIED);
	check("put in", keystore_install(PROBER_STORE, 0, KEYSTORE_KIND_MESSAGE, CANARY_SECRET, 64),
		E_OK);
	check("short", keystore_install(PROBER_STORE, 1, KEYSTORE_KIND_MESSAGE, CANARY_SECRET, 32),
		E_DENIED);
	check("disk", keystore_install(PROBER_STORE, 2, KEYSTORE_KIND_DISK, CANARY_SECRET, 64),
		E_DENIED);
	check("too large",
		keystore_install(PROBER_STORE, 9, KEYSTORE_KIND_MESSAGE, CANARY_SECRET, 64),
		E_DENIED);
	check("a key", keystore_open(PROBER_STORE, 0, &key), E_OK);
	check("read", ipc_call(key, EXPORT, &message), E_OK);
	check("what was read", memcmp(message.bytes, CANARY_SECRET, CANARY_BYTES) == 0, true);
}

/* All that the audit server says of all records. */
static void
print_audit(void)
{
	static char words[900];
	uint32_t newest = 0;
	uint32_t lost = 0;
	uint32_t bytes = 0;

	check("count", journal_count(PROBER_JOURNAL, &newest, &lost), E_OK);
	check("lost", lost, 0);
	printf("records %u\n", (unsigned)newest);
	for (uint32_t n = 1; n <= newest; n++) {
		uint8_t entry[ENTRY_BYTES];

		check("record", journal_record(PROBER_JOURNAL, n, words, 240, &bytes), E_OK);
		printf("%.*s\n", (int)bytes, words);
		check("why", journal_why(PROBER_JOURNAL, n, words, sizeof(words), &bytes), E_OK);
		printf("%.*s", (int)bytes, words);
		check("entry", journal_entry(PROBER_JOURNAL, n, entry, sizeof(entry), &bytes),
			E_OK);
		printf("entry ");
		for (uint32_t i = 0; i < bytes; i++) {
			printf("%02x", entry[i]);
		}
		printf("\n");
	}
}

static void
print_counters(void)
{
	static char line[480];
	uint32_t bytes = 0;

	for (uint32_t n = 1; journal_edge(PROBER_JOURNAL, n, line, 240, &bytes) == E_OK; n++) {
		printf("edge %.*s\n", (int)bytes, line);
	}
	for (uint32_t n = 1; journal_instance(PROBER_JOURNAL, n, line, 240, &bytes) == E_OK; n++) {
		printf("instance %.*s\n", (int)bytes, line);
	}
}

static void
print_trace(void)
{
	static char line[120];
	uint32_t events = 0;
	uint32_t lost = 0;
	uint32_t bytes = 0;

	check("trace", events_stop(PROBER_EVENTS, &events, &lost), E_OK);
	printf("trace %u events\n", (unsigned)events);
	for (uint32_t n = 1; events_line(PROBER_EVENTS, n, line, sizeof(line), &bytes) == E_OK;
		n++) {
		printf("event %.*s\n", (int)bytes, line);
	}
}

int
main(void)
{
	check("trace", events_start(PROBER_EVENTS), E_OK);
	probe_codes();
	probe_keys();
	print_trace();
	print_audit();
	print_counters();
	printf("prober: %u failed\n", failed);
	(void)power_off(PROBER_POWER, failed != 0);
	return 0;
}
