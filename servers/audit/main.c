/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The audit server: takes every record from the kernel, keeps it, says it in words. */
#include <stdlib.h>
#include <string.h>

#include "abi/process.h"
#include "abi/policy.h"
#include "abi/system.h"
#include "describe.h"
#include "explain.h"
#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "gen/core/audit.h"
#include "journal.h"
#include "process_audit.h"

#define RECORD_BIT 1u

#define COLUMN_TARGET    12
#define COLUMN_INTERFACE 24
#define COLUMN_COUNTS    38
#define COLUMN_CLASS     12
#define COLUMN_STATE     26

#define NS_PER_MS 1000000u

#define LABELS_MAX 512u /* instances have the first ones: 320 at most */

/* What is looked at of stacks: a process may call any memory its stack. */
#define STACK_THREADS_MAX 16u
#define STACK_BYTES_MAX   (64 * PAGE_BYTES)

static struct names all_names[POLICIES_MAX];

/* Labels and interfaces are the same in all, rules are not. */
static const struct names *
names_of(const struct record *record)
{
	return &all_names[record->policy % POLICIES_MAX];
}
static uint32_t lost_in_kernel;

/* Of the system, in its order. */
static const struct system_instance *instances;
static uint32_t instance_count;

static bool
take(struct record *record)
{
	uint32_t lost = 0;
	uint8_t count = 0;
	uint32_t status = audit_next(AUDIT_MONITOR, &record->time_ns, &record->operand,
		&record->sequence, &record->handle, &record->badge, &record->label,
		&record->instance, &record->target, &record->interface, &record->method,
		&record->rule, &record->field, &record->epoch, &record->event, &record->reason,
		&record->policy, &count, &lost);

	lost_in_kernel += lost;
	record->lost = lost;
	return status == E_OK && count != 0;
}

/* A program that somebody started came to its end: that is news for who started it. */
static bool
is_plain_end(const struct record *record)
{
	return record->event == RECORD_FAULT && record->method == FAULT_EXIT &&
	       record->operand == 0 && record->instance < instance_count &&
	       instances[record->instance].template != 0;
}

/* A kind of denial is shown once; all are kept and counted. So one that repeats, or that showing it
 * causes, cannot fill the screen. */
static void
show(const struct record *record, uint32_t number)
{
	char bytes[256];
	struct text line = {.bytes = bytes, .capacity = sizeof(bytes) - 1};

	if (is_plain_end(record) || (record->event < RECORD_FAULT && journal_was_shown(record))) {
		return;
	}
	describe_record(names_of(record), record, number, &line);
	bytes[line.length++] = '\n';
	(void)console_write(AUDIT_CONSOLE, bytes, line.length);
}

static void
notified(uint32_t bits)
{
	struct record record;

	if (!(bits & RECORD_BIT)) {
		return;
	}
	while (take(&record)) {
		show(&record, journal_add(&record));
	}
}

static uint32_t
finish(const struct text *text, uint32_t *length)
{
	*length = text->length;
	return E_OK;
}

static uint32_t
journal_count_all(
	void *context, const struct caller *caller, uint32_t *out_newest, uint32_t *out_lost)
{
	(void)context;
	(void)caller;
	*out_newest = journal_newest();
	*out_lost = lost_in_kernel;
	return E_OK;
}

static uint32_t
journal_record_line(void *context, const struct caller *caller, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	struct text text = {.bytes = out_line, .capacity = out_line_capacity};
	const struct record *record = journal_find(number);

	(void)context;
	(void)caller;
	if (record == NULL) {
		return JOURNAL_ERROR_ABSENT;
	}
	describe_record(names_of(record), record, number, &text);
	return finish(&text, out_line_bytes);
}

static uint32_t
journal_why_words(void *context, const struct caller *caller, uint32_t number, void *out_words,
	uint32_t out_words_capacity, uint32_t *out_words_bytes)
{
	struct text text = {.bytes = out_words, .capacity = out_words_capacity};
	const struct record *record = journal_find(number);

	(void)context;
	(void)caller;
	if (record == NULL) {
		return JOURNAL_ERROR_ABSENT;
	}
	describe_record(names_of(record), record, number, &text);
	text_add(&text, "\n");
	explain_record(names_of(record), record, &text);
	return finish(&text, out_words_bytes);
}

/* The n-th edge between processes: what holders have of kernel objects and devices is left out. */
static bool
edge_between_processes(uint32_t wanted, uint16_t *holder, uint16_t *target, uint16_t *interface,
	uint64_t *granted, uint64_t *denied)
{
	uint32_t found = 0;
	bool exists = true;

	for (uint32_t i = 0; exists; i++) {
		if (audit_edge(AUDIT_MONITOR, i, granted, denied, holder, target, interface,
			    &exists) != E_OK ||
			!exists) {
			return false;
		}
		if (*interface >= INTERFACE_SIGNAL && ++found == wanted) {
			return true;
		}
	}
	return false;
}

static uint32_t
journal_edge_line(void *context, const struct caller *caller, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	struct text text = {.bytes = out_line, .capacity = out_line_capacity};
	uint16_t holder, target, interface;
	uint64_t granted, denied;

	(void)context;
	(void)caller;
	if (!edge_between_processes(number, &holder, &target, &interface, &granted, &denied)) {
		return JOURNAL_ERROR_ABSENT;
	}
	text_add(&text, "%s", describe_label(all_names, holder));
	text_column(&text, COLUMN_TARGET);
	text_add(&text, "%s", describe_label(all_names, target));
	text_column(&text, COLUMN_INTERFACE);
	text_add(&text, "%s", describe_interface(all_names, interface));
	text_column(&text, COLUMN_COUNTS);
	text_add(&text, "%8llu %8llu", (unsigned long long)granted, (unsigned long long)denied);
	return finish(&text, out_line_bytes);
}

/* The most that a thread ever used of its stack, and the stack's size. False: no such thread. */
static bool
stack_of(uint32_t instance, uint32_t thread, uint32_t *used, uint32_t *size)
{
	uint16_t clean = 0;
	uint16_t bytes = 1;
	uint32_t page = 0;

	*used = 0;
	*size = 0;
	while (*size < STACK_BYTES_MAX &&
		audit_stack(AUDIT_MONITOR, instance, thread, page++, &clean, &bytes) == E_OK &&
		bytes != 0) {
		*size += bytes;
		*used = clean < bytes ? *size - clean : *used;
	}
	return *size != 0;
}

/* Of the thread that has the least left. */
static void
add_stack(uint32_t instance, struct text *text)
{
	uint32_t used, size, worst_used = 0, worst_size = 0;

	for (uint32_t thread = 0;
		thread < STACK_THREADS_MAX && stack_of(instance, thread, &used, &size); thread++) {
		if (worst_size == 0 || size - used < worst_size - worst_used) {
			worst_used = used;
			worst_size = size;
		}
	}
	text_add(text, " %6lu/%lu", (unsigned long)worst_used, (unsigned long)worst_size);
}

static uint32_t
journal_instance_line(void *context, const struct caller *caller, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	static const char *const states[] = {"stopped", "running", "stopped"};
	struct text text = {.bytes = out_line, .capacity = out_line_capacity};
	uint64_t cpu_ns;
	uint32_t incarnation, denied, faults, lost;
	struct names_instance instance;
	uint16_t label;
	uint8_t state;
	bool found = false;

	(void)context;
	(void)caller;
	if (audit_instance(AUDIT_MONITOR, number - 1, &cpu_ns, &incarnation, &denied, &faults,
		    &lost, &label, &state, &found) != E_OK ||
		!found || !names_instance(all_names, number - 1, &instance)) {
		return JOURNAL_ERROR_ABSENT;
	}
	text_add(&text, "%s", instance.name);
	text_column(&text, COLUMN_CLASS);
	text_add(&text, "%s", describe_short(instance.class_name));
	text_column(&text, COLUMN_STATE);
	text_add(&text, "%-8s %6lu %6lu %6lu %8llu",
		incarnation == 0 ? "absent" : states[state < 3 ? state : 0],
		(unsigned long)incarnation, (unsigned long)faults, (unsigned long)denied,
		(unsigned long long)(cpu_ns / NS_PER_MS));
	add_stack(number - 1, &text);
	return finish(&text, out_line_bytes);
}

/* --- figures ---------------------------------------------------------------------------------- */

#define FIGURES_AGE_NS UINT64_C(100000000) /* one look at all edges serves whoever asks for all */

/* Requests granted to holders of each label, of those that have instances. */
static uint64_t granted_to[LABELS_MAX];

static void
count_granted(void)
{
	static uint64_t counted_ns;
	uint64_t granted, denied;
	uint16_t holder, target, interface;
	bool exists = true;

	if (counted_ns != 0 && sys_clock() - counted_ns < FIGURES_AGE_NS) {
		return;
	}
	memset(granted_to, 0, sizeof(granted_to));
	for (uint32_t i = 0; audit_edge(AUDIT_MONITOR, i, &granted, &denied, &holder, &target,
				     &interface, &exists) == E_OK &&
			     exists;
		i++) {
		if (interface >= INTERFACE_SIGNAL && holder < LABELS_MAX) {
			granted_to[holder] += granted;
		}
	}
	counted_ns = sys_clock();
}

static uint32_t
journal_figures_of(void *context, const struct caller *caller, uint32_t number,
	uint64_t *out_cpu_ns, uint64_t *out_messages, uint32_t *out_starts, uint32_t *out_denied,
	uint32_t *out_faults, bool *out_running, void *out_name, uint32_t out_name_capacity,
	uint32_t *out_name_bytes)
{
	struct names_instance instance;
	bool found = false;
	uint16_t label;
	uint8_t state;
	uint32_t lost;

	(void)context;
	(void)caller;
	if (audit_instance(AUDIT_MONITOR, number - 1, out_cpu_ns, out_starts, out_denied,
		    out_faults, &lost, &label, &state, &found) != E_OK ||
		!found || !names_instance(all_names, number - 1, &instance)) {
		return JOURNAL_ERROR_ABSENT;
	}
	count_granted();
	*out_messages = label < LABELS_MAX ? granted_to[label] : 0;
	*out_running = state == 1;
	*out_name_bytes = (uint32_t)strlen(instance.name);
	if (*out_name_bytes > out_name_capacity) {
		*out_name_bytes = out_name_capacity;
	}
	memcpy(out_name, instance.name, *out_name_bytes);
	return E_OK;
}

static uint32_t
journal_rule_line(void *context, const struct caller *caller, uint32_t number, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	struct text text = {.bytes = out_line, .capacity = out_line_capacity};
	struct names_rule rule;
	uint32_t written = 0;

	(void)context;
	(void)caller;
	for (uint32_t i = 1; names_rule(all_names, i, &rule); i++) {
		if (!rule.is_generated && ++written == number) {
			const char *slash = strrchr(rule.file, '/');
			text_add(&text, "%s:%lu", slash == NULL ? rule.file : slash + 1,
				(unsigned long)rule.line);
			text_column(&text, 18);
			text_add(&text, "%s", rule.text);
			return finish(&text, out_line_bytes);
		}
	}
	return JOURNAL_ERROR_ABSENT;
}

static uint32_t
bytes_out(const uint8_t *from, uint32_t count, void *out, uint32_t *out_bytes)
{
	if (from == NULL) {
		return JOURNAL_ERROR_ABSENT;
	}
	memcpy(out, from, count);
	*out_bytes = count;
	return E_OK;
}

static uint32_t
journal_chain_head(void *context, const struct caller *caller, uint32_t *out_number,
	uint32_t *out_dropped, uint32_t *out_forgotten, void *out_digest,
	uint32_t out_digest_capacity, uint32_t *out_digest_bytes)
{
	(void)context;
	(void)caller;
	(void)out_digest_capacity;
	*out_number = journal_newest();
	*out_dropped = lost_in_kernel;
	*out_forgotten = *out_number > JOURNAL_RECORDS ? *out_number - JOURNAL_RECORDS : 0;
	return bytes_out(
		journal_chained(*out_number), CHAIN_DIGEST_BYTES, out_digest, out_digest_bytes);
}

static uint32_t
journal_chain_entry(void *context, const struct caller *caller, uint32_t number, void *out_entry,
	uint32_t out_entry_capacity, uint32_t *out_entry_bytes)
{
	const struct record *record = journal_find(number);
	uint8_t entry[CHAIN_ENTRY_BYTES];

	(void)context;
	(void)caller;
	(void)out_entry_capacity;
	if (record != NULL) {
		chain_entry(record, number, entry);
	}
	return bytes_out(record == NULL ? NULL : entry, sizeof(entry), out_entry, out_entry_bytes);
}

static uint32_t
journal_chain_digest(void *context, const struct caller *caller, uint32_t number, void *out_digest,
	uint32_t out_digest_capacity, uint32_t *out_digest_bytes)
{
	(void)context;
	(void)caller;
	(void)out_digest_capacity;
	return bytes_out(journal_chained(number), CHAIN_DIGEST_BYTES, out_digest, out_digest_bytes);
}

static const struct journal_server journal = {
	.count = journal_count_all,
	.record = journal_record_line,
	.why = journal_why_words,
	.edge = journal_edge_line,
	.instance = journal_instance_line,
	.figures = journal_figures_of,
	.rule = journal_rule_line,
	.head = journal_chain_head,
	.entry = journal_chain_entry,
	.digest = journal_chain_digest,
};

static bool
serve(const struct caller *caller, struct message *message)
{
	return audit_serve(caller, message, &journal);
}

static void
system_read(const uint8_t *system)
{
	const struct system_header *header = (const struct system_header *)(const void *)system;

	instances = (const struct system_instance *)(const void *)(system + header->instances);
	instance_count = header->instance_count;
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = notified};
	uint32_t bytes = process_info()->device_bytes;
	const uint8_t *policy = device_map_readonly(AUDIT_POLICY, bytes);

	if (policy == NULL || !names_open(all_names, policy, process_info()->system_offset)) {
		return EXIT_FAILURE;
	}
	for (uint32_t i = 1; i < POLICIES_MAX; i++) {
		if (!names_open_nth(&all_names[i], policy, process_info()->system_offset, i)) {
			all_names[i] = all_names[0];
		}
	}
	system_read(policy + process_info()->system_offset);
	journal_begin(process_info()->incarnation);
	if (audit_bind(AUDIT_MONITOR, HANDLE_NOTIFICATION, RECORD_BIT) != E_OK) {
		return EXIT_FAILURE;
	}
	notified(RECORD_BIT); /* what was denied before this incarnation */
	server_run(&server);
}
