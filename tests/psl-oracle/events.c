/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* events.c: which events are asked about, and the tests of Gate that say the answers. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle.h"

#define NUMBERS_MAX   512
#define MESSAGES_MAX  256 /* of one method between two classes */
#define SEQUENCES_MAX 400
#define LENGTH        4

/* Numbers of the policy and their neighbours. */
static int64_t numbers[NUMBERS_MAX];
static int number_count;

/* A repeatable sequence of numbers. */
static uint64_t dice = 1;

static uint32_t
roll(uint32_t sides)
{
	dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((dice >> 33) % sides);
}

static void
number_add(int64_t n)
{
	for (int i = 0; i < number_count; i++) {
		if (numbers[i] == n) {
			return;
		}
	}
	if (number_count < NUMBERS_MAX) {
		numbers[number_count++] = n;
	}
}

static void
numbers_find(void)
{
	number_add(0);
	for (int i = 0; i < word_count; i++) {
		if (words[i] != NULL && !quoted[i] && words[i][0] >= '0' && words[i][0] <= '9') {
			int64_t n = strtoll(words[i], NULL, 0);

			number_add(n - 1);
			number_add(n);
			number_add(n + 1);
		}
	}
}

/* Whether some word of the policy is this field of a message: only such are varied. */
static bool
field_is_named(const struct field *f)
{
	char name[512];

	(void)snprintf(name, sizeof name, "message.%.400s", f->path);
	name[strcspn(name, "0123456789")] = 0;
	for (int i = 0; i < word_count; i++) {
		if (words[i] != NULL && !quoted[i] && strncmp(words[i], "message.", 8) == 0 &&
			strncmp(words[i], name, strlen(words[i])) == 0) {
			return true;
		}
	}
	return false;
}

/* How many values a field is given, and which one the index is. */
static int
choices(const struct field *f)
{
	return !field_is_named(f) ? 1 : f->is_text ? f->text_count : number_count + 2;
}

static void
choose(struct event *e, int field, int index)
{
	const struct field *f = &fields[field];
	int64_t n = index < number_count    ? numbers[index]
		    : index == number_count ? f->low
					    : f->high;

	if (f->is_text) {
		e->texts[field] = index > 0 || f->texts[0][0] != 0 ? f->texts[index]
								   : "a text that no policy knows";
		return;
	}
	if (choices(f) == 1) {
		n = f->low > 0 ? f->low : 0;
	}
	e->numbers[field] = n < f->low ? f->low : n > f->high ? f->high : n;
}

static const char *
text_word(const struct field *f, const char *text)
{
	for (int i = 1; i < f->text_count; i++) {
		if (strcmp(f->texts[i], text) == 0) {
			return f->text_words[i];
		}
	}
	return f->text_words[0];
}

static void
message_print(const struct event *e, bool grants)
{
	bool is_answer = e->kind[0] != 'r' || strcmp(e->kind, "response") == 0;
	bool is_asked = strcmp(e->kind, "security") == 0;
	int client = is_answer && !is_asked ? e->dst : e->src;
	int count = 0;

	if (!grants && (class_gates[client][0] == '-' ||
			       class_gates[class_find(e->method->class)][0] == '-')) {
		return; /* nobody can send it */
	}
	(void)printf("    %s%s %s -> %s : %s.%s(", grants ? "grant" : "deny",
		!is_answer || is_asked ? ""
		: e->kind[0] == 'e'    ? " error"
				       : " reply",
		class_gates[client], class_gates[class_find(e->method->class)],
		e->method->gate_endpoint, e->method->gate);
	for (int i = 0; i < field_count; i++) {
		const struct field *f = &fields[i];

		if (f->method != e->method || !field_goes(f, e) || !field_is_there(e, f->path)) {
			continue;
		}
		(void)printf("%s%s = ",
			count++ > 0         ? ", "
			: e->kind[0] == 'e' ? "failed, "
					    : "",
			f->gate);
		if (f->is_text) {
			(void)printf("%s", text_word(f, e->texts[i]));
		} else if (f->high == 1 && f->low == 0 && f->unit == 0) {
			(void)printf("%s", e->numbers[i] != 0 ? "true" : "false");
		} else {
			(void)printf("%" PRId64, e->numbers[i] * (f->unit == 0 ? 1 : f->unit));
		}
	}
	(void)printf(")\n");
}

/* Gives each field of the event's direction a value: the n-th of all combinations, or any. */
static void
message_fill(struct event *e, uint64_t n, bool is_random)
{
	for (int i = 0; i < field_count; i++) {
		uint32_t count = (uint32_t)choices(&fields[i]);

		if (fields[i].method == e->method && field_goes(&fields[i], e)) {
			choose(e, i, (int)(is_random ? roll(count) : n % count));
			n /= count;
		}
	}
}

static uint64_t
combinations(const struct event *e)
{
	uint64_t product = 1;

	for (int i = 0; i < field_count; i++) {
		if (fields[i].method == e->method && field_goes(&fields[i], e)) {
			product *= (uint64_t)choices(&fields[i]);
			product = product > UINT32_MAX ? UINT32_MAX : product;
		}
	}
	return product;
}

/* The answers to a call that was granted: one response, or an error. */
static void
answer_print(const struct event *call, bool is_error, uint64_t n, bool is_random)
{
	static struct event e;

	e.kind = is_error ? "error" : "response";
	e.src = class_find(call->method->class);
	e.dst = call->src;
	e.method = call->method;
	message_fill(&e, n, is_random);
	message_print(&e, event_grant(&e));
}

/* A call in a world that has just started, the n-th or any. Returns whether it is granted. */
static bool
call_start(struct event *e, uint64_t n, bool is_random)
{
	world_start();
	message_fill(e, n, is_random);
	return event_grant(e);
}

/* Each response, or each error, of the first call that is granted. */
static void
answers_ask(struct event *call, uint64_t calls, bool is_error)
{
	static struct event answer;
	uint64_t all;
	uint64_t n = 0;

	answer.kind = is_error ? "error" : "response";
	answer.method = call->method;
	all = combinations(&answer);
	while (all > 1 && !call_start(call, n, false)) {
		if (++n == calls || n == MESSAGES_MAX) {
			return;
		}
	}
	for (uint64_t i = 0; all > 1 && i < all && i < MESSAGES_MAX; i++) {
		bool grants = call_start(call, n, false);

		(void)printf("test \"%s %s %s %s %d\" {\n", class_gates[call->src],
			call->method->gate_endpoint, call->method->gate, answer.kind, (int)i);
		message_print(call, grants);
		answer_print(call, is_error, i, all > MESSAGES_MAX && i > 0);
		(void)printf("}\n");
	}
}

/* All messages of one method from one class. */
static void
method_ask(const char *kind, int src, const struct method *m)
{
	static struct event e;
	uint64_t all;
	int messages;

	e.kind = kind;
	e.src = src;
	e.dst = class_find(m->class);
	e.method = m;
	all = combinations(&e);
	messages = all < MESSAGES_MAX ? (int)all : MESSAGES_MAX;
	for (int i = 0; i < messages; i++) {
		bool grants = call_start(&e, (uint64_t)i, all > MESSAGES_MAX && i > 0);

		(void)printf(
			"test \"%s %s %s %d\" {\n", class_gates[src], m->gate_endpoint, m->gate, i);
		message_print(&e, grants);
		if (grants && strcmp(kind, "request") == 0) {
			answer_print(&e, i % 4 == 3, (uint64_t)i, i > 0);
		}
		(void)printf("}\n");
	}
	if (strcmp(kind, "request") == 0) {
		answers_ask(&e, all, false);
		answers_ask(&e, all, true);
	}
}

static bool
is_pair(int src, const struct method *m)
{
	int dst = class_find(m->class);
	bool is_asked = strcmp(m->class, "Monitor") == 0;

	if (is_asked) {
		return class_runs[src] && strcmp(m->endpoint, class_names[src]) == 0;
	}
	return src != dst && class_runs[src] && class_runs[dst] &&
	       strcmp(class_names[src], "Monitor") != 0;
}

static bool
touches_state(int src, const struct method *m)
{
	static struct event e;
	static const char *const kinds[] = {"request", "response", "error", "security"};

	for (int i = 0; i < 4; i++) {
		int server = class_find(m->class);
		bool is_answer = i == 1 || i == 2;

		e.kind = kinds[i];
		e.src = is_answer ? server : src;
		e.dst = is_answer ? src : server;
		e.method = m;
		if (event_is_stateful(&e)) {
			return true;
		}
	}
	return false;
}

/* Calls of random partners that touch objects, with answers, from one start. */
static void
sequences_ask(void)
{
	static struct event e;
	static int sources[METHODS_MAX];
	static const struct method *targets[METHODS_MAX];
	uint32_t count = 0;

	world_start();
	for (int m = 0; m < method_count; m++) {
		for (int src = 0; src < class_count && count < METHODS_MAX; src++) {
			if (is_pair(src, &methods[m]) && touches_state(src, &methods[m])) {
				sources[count] = src;
				targets[count++] = &methods[m];
			}
		}
	}
	for (int i = 0; count > 0 && i < SEQUENCES_MAX; i++) {
		world_start();
		(void)printf("test \"sequence %d\" {\n", i);
		for (int step = 0; step < LENGTH; step++) {
			uint32_t pick = roll(count);
			bool grants;

			e.method = targets[pick];
			e.kind = strcmp(e.method->class, "Monitor") == 0 ? "security" : "request";
			e.src = sources[pick];
			e.dst = class_find(e.method->class);
			message_fill(&e, 0, true);
			grants = event_grant(&e);
			message_print(&e, grants);
			if (grants && e.kind[0] == 'r' && roll(4) != 0) {
				answer_print(&e, roll(4) == 0, 0, true);
			}
		}
		(void)printf("}\n");
	}
}

void
events_print(void)
{
	numbers_find();
	world_start();
	for (int i = 0; i < class_count; i++) {
		if (!class_runs[i] && class_gates[i][0] != '-' &&
			strcmp(class_names[i], "Monitor") != 0) {
			fail("the policy does not let it start, but it is there", class_names[i]);
		}
	}
	for (int m = 0; m < method_count; m++) {
		for (int src = 0; src < class_count; src++) {
			if (is_pair(src, &methods[m])) {
				method_ask(strcmp(methods[m].class, "Monitor") == 0 ? "security"
										    : "request",
					src, &methods[m]);
			}
		}
	}
	sequences_ask();
}
