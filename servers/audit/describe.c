/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers of the kernel and the policy, in words and columns. */
#include "describe.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/policy.h"
#include "ksm/engine/ksm.h"

#define COLUMN_WHAT   24
#define COLUMN_REASON 62
#define NS_PER_US     1000u
#define NS_PER_MS     1000000

static const char *const fault_names[] = {
#define X(name, number, word, text) [(number)] = (word),
#include "abi/faults.def"
#undef X
};

const char *
describe_label(const struct names *names, uint16_t label)
{
	struct names_label found;

	return names_label(names, label, &found) ? found.name : "?";
}

const char *
describe_short(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot == NULL ? name : dot + 1;
}

const char *
describe_interface(const struct names *names, uint16_t interface)
{
	const char *name = names_interface(names, interface);

	return name == NULL ? "?" : describe_short(name);
}

void
describe_method(const struct names *names, const struct record *record, struct text *out)
{
	struct names_method method;

	text_add(out, "%s.", describe_interface(names, record->interface));
	if (names_method(names, record->interface, record->method, &method) &&
		!method.is_reserved) {
		text_add(out, "%s", method.name);
	} else {
		text_add(out, "%u", record->method);
	}
}

bool
describe_field(const struct names *names, const struct record *record, struct names_field *field)
{
	struct names_method method;

	if (record->field >= KSM_FIELD_STATE && record->field != UINT16_MAX) {
		return names_state(names, record->field - KSM_FIELD_STATE, field);
	}
	return record->field != UINT16_MAX &&
	       names_method(names, record->interface, record->method, &method) &&
	       names_field_at(names, &method, record->event, record->field, field);
}

/* Of a u64 field 2^63 and more stand in a record as negative numbers. A sum, which can be negative,
 * stands for its first field, but none is a u64 without a range. */
static bool
is_big(const struct record *record, const struct names_field *field)
{
	return record->operand < 0 && !field->is_signed && record->field < KSM_FIELD_STATE &&
	       (field->low < 0 || record->reason == KSM_SHAPE);
}

void
describe_operand(const struct names *names, const struct record *record, struct text *out)
{
	struct names_field field;

	if (!describe_field(names, record, &field)) {
		return;
	}
	const char *value = names_value(names, &field, record->operand);
	if (field.is_secret) {
		text_add(out, "%s (secret)", field.name);
	} else if (field.is_time) {
		text_add(out, "%s, %" PRId64 " ms too early", field.name,
			(record->operand + NS_PER_MS - 1) / NS_PER_MS);
	} else if (value != NULL) {
		text_add(out, "%s = %s", field.name, value);
	} else if (is_big(record, &field)) {
		text_add(out, "%s = %" PRIu64, field.name, (uint64_t)record->operand);
	} else {
		text_add(out, "%s = %" PRId64, field.name, record->operand);
	}
}

static void
describe_fault(const struct names *names, const struct record *record, struct text *out)
{
	const char *who = describe_label(names, record->label);

	if (record->method == FAULT_EXIT) {
		text_add(out, "exit: %s code %d", who, (int)record->operand);
		return;
	}
	if (record->method == FAULT_RESERVE) {
		text_add(out,
			"fault: %s overran its reserve: %" PRIu64 " us without budget, "
			"pc 0x%" PRIx32,
			who, (uint64_t)record->operand / NS_PER_US, record->handle);
		return;
	}
	if (record->method == FAULT_PROTOCOL) {
		text_add(out,
			"fault: %s broke the protocol of %s, method %" PRIu32 " pc 0x%" PRIx32, who,
			describe_label(names, (uint16_t)record->operand), record->badge,
			record->handle);
		return;
	}
	bool is_known = record->method < sizeof(fault_names) / sizeof(fault_names[0]);
	text_add(out, "fault: %s %s 0x%" PRIx64 " pc 0x%" PRIx32, who,
		is_known ? fault_names[record->method] : "?", (uint64_t)record->operand,
		record->handle);
}

bool
describe_is_share(const struct record *record)
{
	return record->event == KSM_CALL && record->method == 0 &&
	       (record->reason == KSM_DEFAULT || record->reason == KSM_FULL);
}

static void
describe_target(const struct names *names, const struct record *record, struct text *out)
{
	if (record->target == LABEL_NONE) {
		text_add(out, "%s", record->event == KSM_CALL ? "?" : "nobody");
		return;
	}
	text_add(out, "%s : ", describe_label(names, record->target));
	if (describe_is_share(record)) {
		text_add(out, "share %s", describe_label(names, (uint16_t)record->operand));
		return;
	}
	describe_method(names, record, out);
}

static void
describe_policy(const struct names *names, const struct record *record, struct text *out)
{
	static const char *const what[] = {
		[POLICY_LOADED] = "in force, on trial, by",
		[POLICY_CONFIRMED] = "confirmed by",
		[POLICY_REVERTED] = "in force again, by",
		[POLICY_EXPIRED] = "in force again, nobody confirmed: by",
	};
	bool is_known = record->method != 0 && record->method <= POLICY_EXPIRED;

	text_add(out, "policy %u %s %s, epoch %u", record->policy,
		is_known ? what[record->method] : "?", describe_label(names, record->label),
		record->epoch);
}

static const char *
verb(const struct record *record)
{
	if (record->reason == KSM_GRANTED) {
		return "granted";
	}
	return record->event == KSM_CALL ? "denied " : "refused";
}

void
describe_record(
	const struct names *names, const struct record *record, uint32_t number, struct text *out)
{
	uint32_t milliseconds = (uint32_t)(record->time_ns / 1000000);

	text_add(out, "%3" PRIu32 " %5" PRIu32 ".%03" PRIu32 " s  ", number, milliseconds / 1000,
		milliseconds % 1000);
	if (record->event == RECORD_FAULT) {
		describe_fault(names, record, out);
		return;
	}
	if (record->event == AUDIT_EVENT_POLICY) {
		describe_policy(names, record, out);
		return;
	}
	text_add(out, "%s", verb(record));
	text_column(out, COLUMN_WHAT);
	text_add(out, "%s -> ", describe_label(names, record->label));
	describe_target(names, record, out);
	text_column(out, COLUMN_REASON);
	text_add(out, "%s", ksm_reason_text((enum ksm_reason)record->reason));
	if (record->field != UINT16_MAX) {
		text_add(out, ": ");
		describe_operand(names, record, out);
	}
}
