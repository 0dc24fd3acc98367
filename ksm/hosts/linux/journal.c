/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Records and the log. A kind of denial is shown once, and a second has so many lines of each
 * instance at most: who makes denials by the thousand costs neither the disk nor the others' lines.
 */
#include "ksm/hosts/linux/journal.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "abi/abi.h"
#include "abi/policy.h"
#include "ksm/hosts/linux/call.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/names/names.h"
#include "servers/audit/describe.h"
#include "servers/audit/explain.h"

#define LINES_PER_S 20u /* of one instance; half of them for records alone */
#define LINE_BYTES  256u
#define KINDS       64u
#define NS_PER_S    UINT64_C(1000000000)

struct ring {
	struct record records[JOURNAL_RING];
	uint32_t newest; /* number of records ever */
	uint32_t taken;
	uint32_t lost;
	uint32_t lost_told;
	uint32_t denied;
};

static struct names names[POLICIES_MAX];
static struct ring rings[SYSTEM_INSTANCES_MAX + 1]; /* the last: of who is no member */
static struct record kept[JOURNAL_KEPT];
static uint32_t newest;
static struct record shown[KINDS];
static uint32_t shown_count;

/* Of each instance, so that nobody can talk the others off the log. */
static struct pace {
	uint64_t second;
	uint32_t lines;
	uint32_t left_out;
} paces[SYSTEM_INSTANCES_MAX + 1];

bool
journal_open(void)
{
	for (uint32_t i = 0; i < judge_policies(); i++) {
		const uint8_t *blob = judge_blob(i);

		if (!names_open(&names[i], blob, ksm_length_bytes(blob))) {
			return false;
		}
	}
	return true;
}

static void
line_put(const char *bytes, size_t length)
{
	struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};

	/* Nobody reads the log: better a line less than a broker that waits. */
	if (poll(&out, 1, 0) == 1) {
		(void)!write(STDERR_FILENO, bytes, length);
	}
}

static bool
pace_allows(uint32_t member, uint32_t most)
{
	struct pace *pace = &paces[member];
	uint64_t second = peer_now_ns() / NS_PER_S;
	char line[LINE_BYTES];

	if (second != pace->second) {
		if (pace->left_out != 0) {
			int length = snprintf(line, sizeof(line),
				"ksm-broker: %u more lines about %s were not shown\n",
				pace->left_out,
				member < system_members() ? system_member(member)->name : "others");
			line_put(line, (size_t)length);
		}
		pace->second = second;
		pace->lines = 0;
		pace->left_out = 0;
	}
	if (pace->lines >= most) {
		pace->left_out++;
		return false;
	}
	pace->lines++;
	return true;
}

static void
line_say(const char *format, va_list arguments)
{
	char line[LINE_BYTES];
	int length = vsnprintf(line, sizeof(line) - 1, format, arguments);

	if (length > 0) {
		size_t end = (size_t)length < sizeof(line) - 1 ? (size_t)length : sizeof(line) - 2;

		line[end] = '\n';
		line_put(line, end + 1);
	}
}

void
journal_say(uint32_t member, const char *format, ...)
{
	va_list arguments;

	if (pace_allows(member, LINES_PER_S / 2)) {
		va_start(arguments, format);
		line_say(format, arguments);
		va_end(arguments);
	}
}

static const struct names *
names_of(const struct record *record)
{
	return &names[record->policy % POLICIES_MAX];
}

static bool
is_same_kind(const struct record *a, const struct record *b)
{
	return a->instance == b->instance && a->target == b->target &&
	       a->interface == b->interface && a->method == b->method && a->event == b->event &&
	       a->reason == b->reason && a->policy == b->policy;
}

static bool
was_shown(const struct record *record)
{
	uint32_t count = shown_count < KINDS ? shown_count : KINDS;

	for (uint32_t i = 0; i < count; i++) {
		if (is_same_kind(&shown[i], record)) {
			return true;
		}
	}
	shown[shown_count++ % KINDS] = *record;
	return false;
}

static void
show(uint32_t member, const struct record *record, uint32_t number)
{
	char bytes[LINE_BYTES];
	struct text line = {.bytes = bytes, .capacity = sizeof(bytes) - 1};

	if (record->event < RECORD_FAULT && was_shown(record)) {
		return;
	}
	if (pace_allows(member, LINES_PER_S)) {
		describe_record(names_of(record), record, number, &line);
		bytes[line.length++] = '\n';
		line_put(bytes, line.length);
	}
}

/* The member whose record it is; SYSTEM_INSTANCES_MAX: nobody's. */
static uint32_t
member_of(uint16_t instance)
{
	for (uint32_t i = 0; i < system_members(); i++) {
		if (system_member(i)->number == instance) {
			return i;
		}
	}
	return SYSTEM_INSTANCES_MAX;
}

static void
ring_put(struct ring *ring, const struct record *record)
{
	if (ring->newest - ring->taken == JOURNAL_RING) {
		ring->taken++;
		ring->lost++;
	}
	ring->records[ring->newest++ % JOURNAL_RING] = *record;
	ring->denied += record->event < RECORD_FAULT && record->reason != KSM_GRANTED;
}

void
journal_write(struct record *record)
{
	uint32_t member = member_of(record->instance);

	record->time_ns = peer_now_ns();
	record->sequence = ++newest;
	record->policy = (uint8_t)judge_policy();
	record->epoch = (uint16_t)judge_epoch();
	kept[newest % JOURNAL_KEPT] = *record;
	ring_put(&rings[member], record);
	show(member, record, newest);
	call_notify_records();
}

bool
journal_take(struct record *record)
{
	struct ring *oldest = NULL;

	for (uint32_t i = 0; i <= SYSTEM_INSTANCES_MAX; i++) {
		struct ring *ring = &rings[i];

		if (ring->taken != ring->newest &&
			(oldest == NULL ||
				ring->records[ring->taken % JOURNAL_RING].sequence <
					oldest->records[oldest->taken % JOURNAL_RING].sequence)) {
			oldest = ring;
		}
	}
	if (oldest == NULL) {
		return false;
	}
	*record = oldest->records[oldest->taken++ % JOURNAL_RING];
	record->lost = oldest->lost - oldest->lost_told;
	oldest->lost_told = oldest->lost;
	return true;
}

static const struct record *
find(uint32_t number)
{
	bool is_kept = number != 0 && number <= newest && newest - number < JOURNAL_KEPT;

	return is_kept ? &kept[number % JOURNAL_KEPT] : NULL;
}

bool
journal_line(uint32_t number, struct text *out)
{
	const struct record *record = find(number);

	if (record != NULL) {
		describe_record(names_of(record), record, number, out);
	}
	return record != NULL;
}

bool
journal_why(uint32_t number, struct text *out)
{
	const struct record *record = find(number);

	if (!journal_line(number, out)) {
		return false;
	}
	text_add(out, "\n");
	explain_record(names_of(record), record, out);
	return true;
}

uint32_t
journal_newest_number(void)
{
	return newest;
}

struct journal_counts
journal_counts_of(uint32_t member)
{
	const struct ring *ring = &rings[member];

	return (struct journal_counts){.denied = ring->denied, .lost = ring->lost};
}

const char *
journal_label(uint16_t label)
{
	return describe_label(&names[0], label);
}

const char *
journal_interface(uint16_t interface)
{
	return describe_interface(&names[0], interface);
}

bool
journal_owns(uint32_t member, uint16_t label)
{
	const struct system_member *own = system_member(member);
	struct names_label found;

	return label == own->label ||
	       (names_label(&names[0], label, &found) && found.kind == NAMES_LABEL_RESOURCE &&
		       found.number == own->number);
}
