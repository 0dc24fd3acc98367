/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reads what the monitor counted and recorded out of a guest's memory, from outside: works when the
 * guest has no console, and asks none of its programs. Without arguments it tests itself.
 *
 * usage: peek IMAGE RAM OFFSET
 *   RAM     the guest's memory as a file (tests/lib/outside.sh)
 *   OFFSET  of the kernel's first byte in it
 * One fact a line, names as rules write them:
 *   instance NAME STARTS DENIED FAULTS LOST
 *   grant HOLDER TARGET INTERFACE METHOD EVENT COUNT
 *   deny HOLDER TARGET INTERFACE REASON COUNT
 *   record SEQUENCE HOLDER TARGET INTERFACE METHOD EVENT REASON
 *   first SEQUENCE HOLDER TARGET INTERFACE METHOD EVENT REASON
 *   objects COUNT (32-byte units behind the audit that start with a pointer or number: capabilities
 *           in use of init's table, and kernel objects)
 */
/* test: kernel/audit.c ksm/engine/verify.c ksm/engine/verify_program.c ksm/engine/edge.c
 * ksm/engine/decide.c ksm/engine/program.c ksm/engine/swap.c
 * ksm/engine/state.c ksm/engine/text.c ksm/names/open.c
 * ksm/names/names.c
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/image.h"
#include "arch/arch.h"
#include "kernel/audit.h"
#include "kernel/config.h"
#include "kernel/notification.h"
#include "kernel/slot.h"
#include "kernel/trace.h"
#include "ksm/engine/plain.h"
#include "ksm/names/names.h"

#define OBJECT_UNIT   32u
#define OBJECTS_BYTES (256u << 10)

/* Counters and records have the same layout on every machine: no pointers, no size_t. */
_Static_assert(sizeof(struct ksm_edge) == 8 + 4 + 4 * KSM_REASONS + 4 + 8, "layout");
_Static_assert(sizeof(struct ksm_entry) == 4 * (2 + KSM_EVENTS + KSM_EVENTS), "layout");

struct guest {
	uint8_t *image;
	size_t image_bytes;
	FILE *ram;
	const uint8_t *policy;
	struct ksm ksm;
	struct names names;
	uint8_t *counters;   /* the monitor's working memory */
	uint8_t *log;        /* the audit's */
	size_t log_bytes;    /* of one instance */
	uint64_t objects_at; /* in the RAM file */
};

/* What kernel/audit.c calls when it writes; it only reads here. */
uint64_t
arch_clock_ns(void)
{
	return 0;
}

void
trace_verdict(const struct audit_record *record)
{
	(void)record;
}

void
notification_signal(struct notification *notification, uint32_t bits)
{
	(void)notification;
	(void)bits;
}

void
kernel_panic(const char *what, uint64_t value)
{
	fprintf(stderr, "peek: %s (%" PRIu64 ")\n", what, value);
	abort();
}

static const char *
file_read(const char *path, uint8_t **bytes, size_t *length)
{
	FILE *file = fopen(path, "rb");
	long end;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (end = ftell(file)) < 0) {
		return "a file cannot be read";
	}
	rewind(file);
	*length = (size_t)end;
	*bytes = malloc(*length + 1);
	size_t got = *bytes == NULL ? 0 : fread(*bytes, 1, *length, file);
	fclose(file);
	return got == *length ? NULL : "a file cannot be read as a whole";
}

static const struct image_header *
header_find(const struct guest *guest, size_t *offset)
{
	const uint64_t magic = IMAGE_MAGIC;

	for (size_t at = 0; at + sizeof(struct image_header) <= guest->image_bytes;
		at += PAGE_BYTES) {
		if (memcmp(guest->image + at, &magic, sizeof(magic)) == 0) {
			*offset = at;
			return (const struct image_header *)(const void *)(guest->image + at);
		}
	}
	return NULL;
}

static uint64_t
page_round(uint64_t bytes)
{
	return (bytes + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
}

static bool
ram_read(const struct guest *guest, uint64_t at, void *to, size_t bytes)
{
	return fseek(guest->ram, (long)at, SEEK_SET) == 0 &&
	       fread(to, 1, bytes, guest->ram) == bytes;
}

/* Where kernel/boot.c puts its tables: below the kernel what fits there, else behind the bundle. */
struct place {
	uint64_t low; /* all three: in the RAM file */
	uint64_t kernel;
	uint64_t free;
};

static uint64_t
table_place(struct place *place, uint64_t bytes)
{
	uint64_t *from = bytes <= place->kernel - place->low ? &place->low : &place->free;
	uint64_t at = *from;

	*from += (bytes + OBJECT_ALIGN - 1) / OBJECT_ALIGN * OBJECT_ALIGN;
	return at;
}

/* First the monitor's, then the audit's; objects begin at the first free page. */
static const char *
memory_read(struct guest *guest, struct place place, uint32_t policy_bytes)
{
	size_t counter_bytes = ksm_memory_bytes(guest->policy, policy_bytes);

	guest->counters = malloc(counter_bytes);
	struct ksm_edge *fresh = malloc(counter_bytes);
	if (guest->counters == NULL || fresh == NULL) {
		free(fresh);
		return "there is no memory";
	}
	ksm_init(&guest->ksm, guest->policy, policy_bytes, guest->counters);
	memcpy(fresh, guest->counters, counter_bytes);
	bool is_read =
		ram_read(guest, table_place(&place, counter_bytes), guest->counters, counter_bytes);
	bool is_policy = is_read;
	for (uint32_t i = 0; is_policy && i < guest->ksm.edge_count; i++) {
		is_policy = memcmp(&fresh[i], &guest->ksm.edges[i],
				    offsetof(struct ksm_edge, denied)) == 0;
	}
	free(fresh);
	if (!is_policy) {
		return is_read ? "the memory does not hold this image's policy in force"
			       : "the guest's memory is too short";
	}
	uint32_t instances = guest->ksm.instance_count;
	size_t audit_bytes = audit_memory_bytes(instances, guest->ksm.edge_count);
	uint64_t audit_at = table_place(&place, audit_bytes);
	guest->log = malloc(audit_bytes);
	guest->log_bytes = audit_memory_bytes(1, 0);
	guest->objects_at = page_round(place.free);
	if (guest->log == NULL) {
		return "there is no memory";
	}
	audit_init(guest->log, instances, guest->ksm.edge_count);
	return ram_read(guest, audit_at, guest->log, audit_bytes)
		       ? NULL
		       : "the guest's memory is too short";
}

/* Returns NULL or a sentence. */
static const char *
guest_open(struct guest *guest, const char *image, const char *ram, const char *offset)
{
	size_t bundle;
	const char *error = file_read(image, &guest->image, &guest->image_bytes);

	if (error != NULL) {
		return error;
	}
	const struct image_header *header = header_find(guest, &bundle);
	if (header == NULL) {
		return "there is no bundle in the image";
	}
	const struct image_section *section = &header->sections[IMAGE_POLICY];
	guest->policy = guest->image + bundle + section->offset;
	if (section->offset > guest->image_bytes - bundle ||
		section->length_bytes > guest->image_bytes - bundle - section->offset ||
		!names_open(&guest->names, guest->policy, section->length_bytes)) {
		return "the policy has no names";
	}
	guest->ram = fopen(ram, "rb");
	if (guest->ram == NULL) {
		return "the guest's memory cannot be read";
	}
	struct place place = {.kernel = strtoull(offset, NULL, 0)};
	place.free = place.kernel + page_round(bundle + header->length_bytes);
	return memory_read(guest, place, section->length_bytes);
}

static void
guest_close(struct guest *guest)
{
	if (guest->ram != NULL) {
		fclose(guest->ram);
	}
	free(guest->image);
	free(guest->counters);
	free(guest->log);
}

static const char *
label_name(const struct guest *guest, uint16_t label)
{
	struct names_label found;

	return names_label(&guest->names, label, &found) ? found.name : "?";
}

static const char *
interface_name(const struct guest *guest, uint16_t interface)
{
	const char *name = names_interface(&guest->names, interface);
	const char *dot = name == NULL ? NULL : strrchr(name, '.');

	if (name == NULL) {
		return "?";
	}
	return dot == NULL ? name : dot + 1;
}

static const char *
event_name(uint8_t event)
{
	static const char *const names[] = {"call", "reply", "error", "fault"};

	return event < sizeof(names) / sizeof(names[0]) ? names[event] : "?";
}

/* The name of a method; its number if it has none. */
static void
method_print(const struct guest *guest, uint16_t interface, uint32_t number)
{
	struct names_method method;

	if (names_method(&guest->names, interface, number, &method)) {
		printf("%s ", method.name);
	} else {
		printf("%" PRIu32 " ", number);
	}
}

static void
edge_print(const struct guest *guest, const char *what, const struct ksm_edge *edge)
{
	printf("%s %s %s %s ", what, label_name(guest, edge->holder),
		label_name(guest, edge->target), interface_name(guest, edge->interface));
}

static void
edges_print(const struct guest *guest)
{
	for (uint32_t i = 0; i < guest->ksm.edge_count; i++) {
		const struct ksm_edge *edge = &guest->ksm.edges[i];

		for (uint32_t n = 0; n < edge->methods * (uint32_t)KSM_EVENTS; n++) {
			const struct ksm_entry *entry = ksm_entry_at(edge, n / KSM_EVENTS + 1);
			if (entry->granted[n % KSM_EVENTS] == 0) {
				continue;
			}
			edge_print(guest, "grant", edge);
			method_print(guest, edge->interface, n / KSM_EVENTS + 1);
			printf("%s %" PRIu32 "\n", event_name((uint8_t)(n % KSM_EVENTS)),
				entry->granted[n % KSM_EVENTS]);
		}
		for (uint32_t reason = 1; reason < KSM_REASONS; reason++) {
			if (edge->denied[reason] != 0) {
				edge_print(guest, "deny", edge);
				printf("%s %" PRIu32 "\n", ksm_reason_text((enum ksm_reason)reason),
					edge->denied[reason]);
			}
		}
	}
}

static void
record_print(const struct guest *guest, const char *what, const struct audit_record *record)
{
	printf("%s %" PRIu32 " %s %s %s ", what, record->sequence, label_name(guest, record->label),
		label_name(guest, record->target), interface_name(guest, record->interface));
	method_print(guest, record->interface, record->method);
	printf("%s %s\n", event_name(record->event),
		ksm_reason_text((enum ksm_reason)record->reason));
}

/* A record that was read stays in its ring until it is overwritten; the ring stands first. */
static void
instances_print(const struct guest *guest)
{
	struct names_instance instance;
	struct audit_counts counts;

	for (uint32_t i = 0; audit_counts(i, &counts); i++) {
		if (!names_instance(&guest->names, i, &instance)) {
			continue;
		}
		printf("instance %s %" PRIu32 " %" PRIu32 " %" PRIu32 " %" PRIu32 "\n",
			instance.name, counts.incarnation, counts.denied, counts.faults,
			counts.lost);
		for (uint32_t n = 0; n < AUDIT_RECORDS; n++) {
			struct audit_record record;
			memcpy(&record, guest->log + i * guest->log_bytes + n * sizeof(record),
				sizeof(record));
			if (record.sequence != 0) {
				record_print(guest, "record", &record);
			}
		}
	}
}

static void
firsts_print(const struct guest *guest)
{
	struct audit_record record;

	for (uint32_t i = 0; i < guest->ksm.edge_count; i++) {
		if (audit_first(i, &record)) {
			record_print(guest, "first", &record);
		}
	}
	for (uint32_t i = 0; i < guest->ksm.instance_count; i++) {
		if (audit_first(UINT32_C(0xffff0000) + i, &record)) {
			record_print(guest, "first", &record);
		}
	}
}

static bool
objects_print(const struct guest *guest)
{
	static const uint8_t zero[4]; /* an empty slot has no object */
	uint8_t unit[OBJECT_UNIT];
	uint32_t used = 0;

	for (uint32_t at = 0; at < OBJECTS_BYTES; at += OBJECT_UNIT) {
		if (!ram_read(guest, guest->objects_at + at, unit, sizeof(unit))) {
			return false;
		}
		used += memcmp(unit + offsetof(struct slot, object), zero, sizeof(zero)) != 0;
	}
	printf("objects %" PRIu32 "\n", used);
	return true;
}

static int
self_test(void)
{
	struct guest guest = {0};
	const char *error = guest_open(&guest, "/dev/null", "/dev/null", "0");

	guest_close(&guest);
	if (error == NULL) {
		puts("FAIL: an empty file passes for an image");
		return EXIT_FAILURE;
	}
	return EXIT_SUCCESS;
}

int
main(int count, char **arguments)
{
	struct guest guest = {0};

	if (count == 1) {
		return self_test();
	}
	const char *error = count == 4
				    ? guest_open(&guest, arguments[1], arguments[2], arguments[3])
				    : "called wrongly: peek IMAGE RAM OFFSET";
	if (error != NULL) {
		fprintf(stderr, "peek: %s\n", error);
		guest_close(&guest);
		return EXIT_FAILURE;
	}
	instances_print(&guest);
	edges_print(&guest);
	firsts_print(&guest);
	bool is_whole = objects_print(&guest);
	guest_close(&guest);
	return is_whole ? EXIT_SUCCESS : EXIT_FAILURE;
}
