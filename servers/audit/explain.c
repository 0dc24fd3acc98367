/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Why a record is what it is. It never teaches to add an allow line by reflex: it says first that a
 * denial may be exactly what was meant.
 */
#include "explain.h"

#include <inttypes.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/policy.h"
#include "describe.h"
#include "ksm/engine/ksm.h"

static const char *
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* The class, as rules write it; of what is no process, its label. */
static const char *
class_of(const struct names *names, uint16_t label)
{
	const char *name = names_class_of_label(names, label);

	return name == NULL ? describe_label(names, label) : describe_short(name);
}

static void
explain_rule(const struct names *names, uint32_t number, struct text *out)
{
	struct names_rule rule;

	if (!names_rule(names, number, &rule)) {
		return;
	}
	if (rule.is_generated) {
		text_add(out, "  rule %" PRIu32 " (follows from the system): %s\n", number,
			rule.text);
		return;
	}
	text_add(out, "  %s:%" PRIu32 ": %s\n", file_name(rule.file), rule.line, rule.text);
	if (rule.because[0] != '\0') {
		text_add(out, "  because \"%s\"\n", rule.because);
	}
}

static void
explain_default(const struct names *names, const struct record *record, struct text *out)
{
	text_add(out, "  no allow names %s and %s", class_of(names, record->label),
		class_of(names, record->target));
	text_add(out, " for ");
	describe_method(names, record, out);
	text_add(out, "\n  meant so?      nothing to do\n");
	text_add(out, "  not meant so?  the line belongs after %s:%" PRIu32 "\n",
		file_name(names->allow_file), names->allow_line);
}

static void
explain_shape(const struct names *names, const struct record *record, struct text *out)
{
	struct names_method method;
	struct names_field field;

	if (!names_method(names, record->interface, record->method, &method)) {
		text_add(out, "  %s has no method %u\n",
			describe_interface(names, record->interface), record->method);
		return;
	}
	if (!describe_field(names, record, &field)) {
		text_add(out, method.is_ask ? "  nobody sends what a server asks about: "
					    : "  the message has not the length or form of ");
		describe_method(names, record, out);
		text_add(out, "\n");
		return;
	}
	text_add(out, "  ");
	describe_operand(names, record, out);
	text_add(out, ", but the interface says %s in %" PRId64 "..%" PRId64 "\n", field.name,
		field.low, field.high);
}

static void
explain_capability(const struct names *names, const struct record *record, struct text *out)
{
	const char *who = describe_label(names, record->label);

	if (record->event == KSM_CALL) {
		text_add(out, "  %s holds no capability with handle 0x%08" PRIx32 "\n", who,
			record->handle);
		text_add(out, "  handles are numbers of its own table; guessing reaches nobody\n");
	} else {
		text_add(out, "  nobody waits for an answer of %s\n", who);
		text_add(out, "  a server can answer only the call that it is serving\n");
	}
}

static void
explain_guard(const struct names *names, const struct record *record, struct text *out)
{
	text_add(out, "  an allow names this message, but not with ");
	describe_operand(names, record, out);
	text_add(out, "\n");
	explain_rule(names, record->rule, out);
}

/* A capability that was not handed on. */
static void
explain_share(const struct names *names, const struct record *record, struct text *out)
{
	const char *label = describe_label(names, (uint16_t)record->operand);

	if (record->reason == KSM_FULL) {
		text_add(out, "  there are as many of %s as there may be", label);
	} else {
		text_add(out, "  no allow names %s and %s", class_of(names, record->target), label);
	}
	text_add(out, ", so nothing of the message was delivered\n");
	explain_rule(names, record->rule, out);
}

/* What an effect met that could not be done. */
static void
explain_effect(const struct names *names, const struct record *record, struct text *out)
{
	if (record->field == UINT16_MAX) {
		text_add(out, "  an allow names this message, but not without a record, and nobody "
			      "has read\n  those before it\n");
		explain_rule(names, record->rule, out);
		return;
	}
	text_add(out, record->reason == KSM_FULL
			      ? "  an allow names this message, but there is no room: "
			      : "  an allow names this message, but not in this state: ");
	describe_operand(names, record, out);
	text_add(out, "\n");
	explain_rule(names, record->rule, out);
}

void
explain_record(const struct names *names, const struct record *record, struct text *out)
{
	if (record->event == RECORD_FAULT && record->method == FAULT_EXIT) {
		text_add(out, "  %s ended by itself; its supervisor goes by the code\n",
			describe_label(names, record->label));
		return;
	}
	if (record->event == RECORD_FAULT) {
		text_add(out, "  %s did what no program may; the kernel stopped it there\n",
			describe_label(names, record->label));
		text_add(out, "  its supervisor restarts it with clean memory\n");
		return;
	}
	if (record->event == AUDIT_EVENT_POLICY) {
		text_add(out, "  what happens from here on is judged by policy %u, from %s\n",
			record->policy, file_name(names->allow_file));
		return;
	}
	if (describe_is_share(record)) {
		explain_share(names, record, out);
		return;
	}
	switch (record->reason) {
	case KSM_CAPABILITY:
		explain_capability(names, record, out);
		break;
	case KSM_SHAPE:
		explain_shape(names, record, out);
		break;
	case KSM_DEFAULT:
		explain_default(names, record, out);
		break;
	case KSM_GUARD:
		explain_guard(names, record, out);
		break;
	case KSM_FULL:
	case KSM_STATE:
		explain_effect(names, record, out);
		break;
	case KSM_EPOCH:
		text_add(out, "  an older policy granted the call; no rule of this one did, so "
			      "none says\n"
			      "  what may be answered\n");
		break;
	default:
		explain_rule(names, record->rule, out);
		break;
	}
}
