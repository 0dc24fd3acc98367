/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Every execution of two threads under weak memory: release and acquire, relaxed accesses, and
 * sequentially consistent fences, as views into the history of each word (Kang et al., POPL 2017,
 * without promises). Plain accesses are not reordered but must be ordered by what happens before.
 * A path is run from its start for each choice; a state that was seen is not followed again: a
 * thread's own state is the sequence of what it read.
 */
#include "tests/ring/machine.h"

#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define STORES_MAX  64u
#define CHOICES_MAX 4096u
#define STACK_BYTES 65536u
#define SEEN_BITS   24u
#define FNV         UINT64_C(0x100000001b3)

/* What a thread knows: of each word the oldest store that it may still read, of each thread how
 * much of its past came before. */
struct view {
	uint8_t words[MACHINE_WORDS];
	uint16_t clocks[MACHINE_THREADS];
};

struct store {
	uint32_t value;
	struct view view; /* of a release: what its thread knew */
};

struct word {
	struct store stores[STORES_MAX];
	uint32_t count;
};

struct thread {
	ucontext_t context;
	struct view view;
	uint64_t history; /* of all that it read */
	bool is_done;
	bool waits;
	bool is_signalled;
};

struct record {
	uint32_t value;
	uint16_t written[MACHINE_THREADS]; /* clock of the thread's last access */
	uint16_t read[MACHINE_THREADS];
};

uint8_t machine_memory[256] __attribute__((aligned(64)));

static struct {
	struct thread threads[MACHINE_THREADS];
	struct word words[MACHINE_WORDS];
	struct record records[MACHINE_WORDS];
	struct view fences;
	uint32_t current;
} now;

/* The path: which of how many was taken at each choice. */
static struct {
	uint16_t taken[CHOICES_MAX];
	uint16_t of[CHOICES_MAX];
	uint32_t length;
	uint32_t at;
} path;

static uint8_t stacks[MACHINE_THREADS][STACK_BYTES] __attribute__((aligned(16)));
static ucontext_t scheduler;
static void (*const *bodies)(void);
static uint64_t *seen;
static uint64_t states;
static const char *found;

static uint32_t
choose(uint32_t options)
{
	if (options <= 1) {
		return 0;
	}
	if (path.at == path.length) {
		if (path.length == CHOICES_MAX) {
			abort();
		}
		path.taken[path.length] = 0;
		path.of[path.length++] = (uint16_t)options;
	}
	return path.taken[path.at++];
}

/* The next path in order; false: that was the last. */
static bool
path_advance(void)
{
	while (path.length > 0 && path.taken[path.length - 1] + 1 == path.of[path.length - 1]) {
		path.length--;
	}
	if (path.length == 0) {
		return false;
	}
	path.taken[path.length - 1]++;
	return true;
}

static void
join(struct view *view, const struct view *other)
{
	for (uint32_t i = 0; i < MACHINE_WORDS; i++) {
		if (other->words[i] > view->words[i]) {
			view->words[i] = other->words[i];
		}
	}
	for (uint32_t i = 0; i < MACHINE_THREADS; i++) {
		if (other->clocks[i] > view->clocks[i]) {
			view->clocks[i] = other->clocks[i];
		}
	}
}

static struct thread *
me(void)
{
	return &now.threads[now.current];
}

/* Lets the other thread go first, if the search wants it. */
static void
pause_here(void)
{
	me()->view.clocks[now.current]++;
	(void)swapcontext(&me()->context, &scheduler);
}

/* Words of ring_side are 64 bytes apart, two in each. */
static uint32_t
number_of(const void *word)
{
	size_t offset = (size_t)((const uint8_t *)word - machine_memory);

	return (uint32_t)(offset / 64 * 2 + offset % 64 / 4);
}

void
machine_store(void *at, uint32_t value, bool is_ordered)
{
	uint32_t number = number_of(at);
	struct word *word = &now.words[number];

	pause_here();
	if (word->count == STORES_MAX) {
		machine_fault("more stores than a word remembers");
	}
	me()->view.words[number] = (uint8_t)word->count;
	word->stores[word->count++] =
		(struct store){value, is_ordered ? me()->view : (struct view){{0}, {0}}};
	me()->view.clocks[now.current]++; /* what follows did not come before */
}

uint32_t
machine_load(const void *at, bool is_ordered)
{
	uint32_t number = number_of(at);
	const struct word *word = &now.words[number];
	struct thread *thread = me();

	pause_here();
	uint32_t oldest = thread->view.words[number];
	uint32_t taken = oldest + choose(word->count - oldest);
	thread->view.words[number] = (uint8_t)taken;
	if (is_ordered) {
		join(&thread->view, &word->stores[taken].view);
	}
	thread->history = (thread->history ^ taken) * FNV + 1;
	return word->stores[taken].value;
}

void
machine_fence(void)
{
	struct view *view = &me()->view;

	pause_here();
	/* A fence orders what is seen, not what happened: no clocks. */
	struct view known = *view;
	memset(known.clocks, 0, sizeof(known.clocks));
	join(&now.fences, &known);
	join(view, &now.fences);
}

static struct record *
record_at(const void *address)
{
	size_t offset = (size_t)((const uint8_t *)address - machine_memory);

	return offset >= 128 && offset < sizeof(machine_memory) ? &now.records[(offset - 128) / 4]
								: NULL;
}

void
machine_copy(void *to, const void *from)
{
	struct record *written = record_at(to);
	struct record *record = written != NULL ? written : record_at(from);
	const struct view *view = &me()->view;
	uint32_t other = 1 - now.current;

	if (record->written[other] > view->clocks[other] ||
		(written != NULL && record->read[other] > view->clocks[other])) {
		machine_fault("a record is read and written at once");
	}
	if (written != NULL) {
		record->written[now.current] = view->clocks[now.current];
		memcpy(&record->value, from, sizeof(record->value));
	} else {
		record->read[now.current] = view->clocks[now.current];
		memcpy(to, &record->value, sizeof(record->value));
		me()->history = (me()->history ^ record->value) * FNV + 2;
	}
}

void
machine_signal(uint32_t thread)
{
	pause_here();
	now.threads[thread].is_signalled = true;
}

void
machine_wait(void)
{
	me()->waits = true;
	pause_here();
	me()->waits = false;
	me()->is_signalled = false;
	me()->history = me()->history * FNV + 3;
}

void
machine_fault(const char *what)
{
	found = what;
	(void)setcontext(&scheduler);
	abort();
}

static void
thread_body(void)
{
	bodies[now.current]();
	me()->is_done = true;
	(void)setcontext(&scheduler);
}

static uint64_t
mix(uint64_t hash, const void *bytes, size_t length)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < length; i++) {
		hash = (hash ^ at[i]) * FNV;
	}
	return hash;
}

/* False: it was seen, and all that follows from it. */
static bool
state_is_new(void)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (uint32_t i = 0; i < MACHINE_THREADS; i++) {
		const struct thread *thread = &now.threads[i];
		uint8_t flags =
			(uint8_t)(thread->is_done | thread->waits << 1 | thread->is_signalled << 2);
		hash = mix(hash, &thread->history, sizeof(thread->history));
		hash = mix(hash, &thread->view, sizeof(thread->view));
		hash = mix(hash, &flags, 1);
	}
	for (uint32_t i = 0; i < MACHINE_WORDS; i++) {
		for (uint32_t k = 0; k < now.words[i].count; k++) {
			hash = mix(hash, &now.words[i].stores[k], sizeof(struct store));
		}
		hash = mix(hash, &now.words[i].count, sizeof(now.words[i].count));
	}
	hash = mix(hash, now.records, sizeof(now.records));
	hash = mix(hash, &now.fences, sizeof(now.fences)) | 1;
	for (uint64_t at = hash >> (64 - SEEN_BITS);; at = (at + 1) % (UINT64_C(1) << SEEN_BITS)) {
		if (seen[at] == hash) {
			return false;
		}
		if (seen[at] == 0) {
			seen[at] = hash;
			states++;
			return true;
		}
	}
}

static bool
can_run(const struct thread *thread)
{
	return !thread->is_done && (!thread->waits || thread->is_signalled);
}

static void
run_path(void (*start)(void))
{
	memset(&now, 0, sizeof(now));
	path.at = 0;
	start();
	for (uint32_t i = 0; i < MACHINE_WORDS; i++) {
		now.words[i].count = 1; /* 0, known to both */
	}
	for (uint32_t i = 0; i < MACHINE_THREADS; i++) {
		ucontext_t *context = &now.threads[i].context;
		(void)getcontext(context);
		context->uc_stack.ss_sp = stacks[i];
		context->uc_stack.ss_size = STACK_BYTES;
		makecontext(context, thread_body, 0);
	}
	while (found == NULL) {
		uint32_t able[MACHINE_THREADS];
		uint32_t count = 0;

		if (path.at == path.length && !state_is_new()) {
			return;
		}
		for (uint32_t i = 0; i < MACHINE_THREADS; i++) {
			if (can_run(&now.threads[i])) {
				able[count++] = i;
			}
		}
		if (count == 0) {
			if (!now.threads[0].is_done || !now.threads[1].is_done) {
				found = "a thread sleeps for ever";
			}
			return;
		}
		now.current = able[choose(count)];
		(void)swapcontext(&scheduler, &me()->context);
	}
}

uint64_t
machine_explore(
	void (*start)(void), void (*const threads[MACHINE_THREADS])(void), const char **fault)
{
	bodies = threads;
	found = NULL;
	states = 0;
	path.length = 0;
	seen = calloc((size_t)1 << SEEN_BITS, sizeof(*seen));
	if (seen == NULL) {
		abort();
	}
	do {
		run_path(start);
	} while (found == NULL && path_advance());
	free(seen);
	*fault = found;
	return found == NULL ? states : 0;
}
