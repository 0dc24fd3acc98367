/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Whole policies from their source to the blob, some with faults: what is refused is refused with a
 * sentence; what compiles has been validated by gate itself, and then decides, event for event and
 * word for word, like L1 through all that a system can live through.
 */
/* test: gate tests/host/support/random.c tests/host/support/fuzz.c
 *       tests/host/support/random_gate.c tests/host/support/random_gate_label.c
 *       tests/host/support/random_gate_sum.c
 *       tests/host/support/random_gate_list.c
 *       tests/host/support/random_gate_fault.c
 *       tests/host/support/random_events.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "ksm/gate/compile.h"
#include "ksm/gate/policy.h"
#include "ksm/gate/sema_options.h"
#include "tests/host/support/fuzz.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_events.h"
#include "tests/host/support/random_gate.h"

#define CASES  150
#define EVENTS 200

static char path[80];
static uint64_t tried;
static uint64_t compiled;

/* The engine and L1 differ: that would be gate's own fault, whatever the source is. */
static void
refusal_check(const struct compile *c)
{
	assert_true(c->diags.error_count != 0);
	for (const struct diag *d = c->diags.first; d != NULL; d = d->next) {
		if (getenv("FUZZ_SHOW") != NULL) {
			(void)fprintf(stderr, "%s [%s]\n", d->sentence, d->clause);
		}
		assert_true(d->severity != DIAG_ERROR || d->clause != NULL);
		assert_true(d->help == NULL || strstr(d->help, "fault of gate") == NULL);
	}
}

static uint64_t
policy_check(const struct buffer *text)
{
	static const char *const roots[] = {"."};
	const struct sema_options options = {.roots = roots, .root_count = 1};
	FILE *file = fopen(path, "w");
	struct compile c;
	struct policy policy;
	uint64_t events = 0;

	assert_non_null(file);
	assert_int_equal(fwrite(text->bytes, 1, text->size, file), text->size);
	assert_int_equal(fclose(file), 0);
	compile_init(&c);
	if (policy_make(&policy, &c, &options, path)) {
		assert_int_equal(c.diags.error_count, 0);
		compiled++;
		events = random_events(&policy, EVENTS);
	} else {
		refusal_check(&c);
	}
	compile_release(&c);
	return events;
}

static uint64_t
case_try(uint64_t n)
{
	struct arena arena;
	struct buffer whole;
	struct buffer broken;
	const struct buffer *text = &whole;
	uint64_t events;

	(void)n;
	arena_init(&arena);
	buffer_init(&whole, &arena);
	buffer_init(&broken, &arena);
	random_gate(&whole);
	if (random_below(4) == 0) {
		random_gate_fault(&broken, whole.bytes, whole.size);
		text = &broken;
	}
	if (getenv("FUZZ_SHOW") != NULL) {
		(void)fwrite(text->bytes, 1, text->size, stderr);
	}
	tried++;
	events = policy_check(text);
	arena_release(&arena);
	return events;
}

int
main(void)
{
	const char *place = getenv("TEST_DIR") != NULL ? getenv("TEST_DIR") : "build";
	char folder[64];
	int failed = 1;

	(void)snprintf(folder, sizeof(folder), "%.40s/fuzz-XXXXXX", place);
	if (mkdtemp(folder) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/case.gate", folder);
		failed = fuzz_main("policy", CASES, case_try);
		(void)unlink(path);
		(void)rmdir(folder);
	}
	(void)fprintf(stderr, "%llu of %llu compiled\n", (unsigned long long)compiled,
		(unsigned long long)tried);
	/* A generator whose policies are all refused tries nothing behind them. */
	if (failed == 0 && tried >= 100 && compiled < tried / 5) {
		(void)fprintf(stderr, "FAIL: too few of the policies compile\n");
		return 1;
	}
	return failed;
}
