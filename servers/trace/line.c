/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* An event in a line that people and tools/trace read. */
#include "line.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "abi/abi.h"
#include "abi/trace.h"
#include "ksm/engine/ksm.h"
#include "ksm/names/names.h"

#define WORD_BYTES 40

static const char *const kinds[] = {
#define X(name, number, word, text) [number] = (word),
#include "abi/trace.def"
#undef X
};

static const char *const left[] = {
	[TRACE_LEFT_STOPPED] = "stopped",
	[TRACE_LEFT_READY] = "preempted",
	[TRACE_LEFT_QUEUED] = "queued",
	[TRACE_LEFT_CALLING] = "calling",
	[TRACE_LEFT_RECEIVING] = "receiving",
	[TRACE_LEFT_WAITING] = "waiting",
};

static const char *const faults[] = {
#define X(name, number, word, text) [(number)] = (word),
#include "abi/faults.def"
#undef X
};

static const char *const statuses[] = {
#define X(name, number, text) [number] = #name,
#include "abi/errors.def"
#undef X
};

#define WORD_OF(table, index)                                                                      \
	((index) < sizeof(table) / sizeof((table)[0]) && (table)[index] != NULL ? (table)[index]   \
										: "?")

/* control, or control/2 for its second thread. */
static void
put_thread(const struct names *names, uint16_t instance, uint8_t thread, char *word)
{
	struct names_instance found;

	if (instance == TRACE_NOBODY) {
		strcpy(word, "-");
	} else if (!names_instance(names, instance, &found)) {
		snprintf(word, WORD_BYTES, "instance%u", instance);
	} else if (thread > 1) {
		snprintf(word, WORD_BYTES, "%.30s/%u", found.name, thread);
	} else {
		snprintf(word, WORD_BYTES, "%.30s", found.name);
	}
}

static void
put_label(const struct names *names, uint16_t label, char *word)
{
	struct names_label found;

	if (label == LABEL_NONE || !names_label(names, label, &found)) {
		strcpy(word, "-");
	} else {
		snprintf(word, WORD_BYTES, "%.30s", found.name);
	}
}

static void
put_method(const struct names *names, const struct trace_record *record, char *word)
{
	const char *interface = names_interface(names, record->interface);
	struct names_method method;

	if (interface == NULL) {
		strcpy(word, "-");
		return;
	}
	const char *dot = strrchr(interface, '.');
	interface = dot == NULL ? interface : dot + 1;
	if (names_method(names, record->interface, record->method, &method)) {
		snprintf(word, WORD_BYTES, "%.18s.%.18s", interface, method.name);
	} else {
		snprintf(word, WORD_BYTES, "%.18s.%u", interface, record->method);
	}
}

/* A reason of the monitor is words; here it is one. */
static void
put_reason(uint8_t reason, char *word)
{
	snprintf(word, WORD_BYTES, "%s", ksm_reason_text((enum ksm_reason)reason));
	for (char *at = word; *at != '\0'; at++) {
		*at = *at == ' ' ? '-' : *at;
	}
}

struct words {
	char who[WORD_BYTES];
	char peer[WORD_BYTES];
	char message[WORD_BYTES];
	char detail[WORD_BYTES];
};

static void
put_detail(const struct trace_record *record, char *word)
{
	switch (record->kind) {
	case TRACE_SWITCH:
		strcpy(word,
			record->peer_instance == TRACE_NOBODY ? "-" : WORD_OF(left, record->code));
		break;
	case TRACE_REPLY:
		snprintf(word, WORD_BYTES, record->code == 0 ? "%u" : "error%u",
			record->code == 0 ? record->length_bytes : record->code);
		break;
	case TRACE_END:
		strcpy(word, WORD_OF(statuses, record->code));
		break;
	case TRACE_SIGNAL:
	case TRACE_FAULT:
		snprintf(word, WORD_BYTES, "0x%" PRIx64, record->operand);
		break;
	case TRACE_IRQ:
		snprintf(word, WORD_BYTES, "%" PRIu64, record->operand);
		break;
	case TRACE_VERDICT:
		put_reason(record->code, word);
		break;
	default:
		snprintf(word, WORD_BYTES, "%u", record->length_bytes);
		break;
	}
}

static void
put_words(const struct names *names, const struct trace_record *record, struct words *words)
{
	put_thread(names, record->instance, record->thread, words->who);
	put_thread(names, record->peer_instance, record->peer_thread, words->peer);
	put_method(names, record, words->message);
	put_detail(record, words->detail);
	if (record->kind == TRACE_CALL || record->kind == TRACE_SIGNAL ||
		record->kind == TRACE_VERDICT) {
		put_label(names, record->target, words->peer);
	}
	if (record->kind == TRACE_FAULT) {
		strcpy(words->message, WORD_OF(faults, record->code));
	}
}

uint32_t
line_write(
	const struct names *names, const struct trace_record *record, char *line, uint32_t capacity)
{
	struct words words;

	put_words(names, record, &words);
	int length = snprintf(line, capacity, "%10" PRIu64 ".%03u %-12s %-8s %-12s %-20s %s",
		record->time_ns / 1000, (unsigned)(record->time_ns % 1000), words.who,
		WORD_OF(kinds, record->kind), words.peer, words.message, words.detail);
	return (uint32_t)length < capacity ? (uint32_t)length : capacity - 1;
}
