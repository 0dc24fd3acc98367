/* SPDX-License-Identifier: 0BSD */
/* `top`: what each process uses, shown anew every second. */
#define _POSIX_C_SOURCE 200809L

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "gatehouse/syscall.h"
#include "process_shell.h"

#define PROCESSES_MAX 320
#define ROUNDS_MOST   1000
#define NAME_BYTES    32
#define NS_PER_S      UINT64_C(1000000000)
#define KIB           1024u
#define TRIES         3 /* E_RESTARTED comes once for each restart of the server */

struct figures {
	char name[NAME_BYTES];
	uint64_t cpu_ns;
	uint64_t messages;
	uint32_t starts;
	uint32_t denied;
	uint32_t faults;
	bool runs;
};

/* What was shown last, to tell what came since. */
static struct {
	uint64_t cpu_ns;
	uint64_t messages;
} before[PROCESSES_MAX];

static uint32_t
ask_figures(uint32_t number, struct figures *figures)
{
	uint32_t status = E_RESTARTED;
	uint32_t bytes = 0;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = journal_figures(SHELL_JOURNAL, number, &figures->cpu_ns,
			&figures->messages, &figures->starts, &figures->denied, &figures->faults,
			&figures->runs, figures->name, sizeof(figures->name) - 1, &bytes);
	}
	figures->name[bytes] = '\0';
	return status;
}

/* Of init, number 0 to the manager, nobody has set anything aside. */
static void
print_memory(uint32_t number)
{
	uint64_t total = 0;
	uint64_t used = 0;
	uint32_t status = E_RESTARTED;

	for (int i = 0; i < TRIES && status == E_RESTARTED; i++) {
		status = supervisor_memory_of(SHELL_MANAGER, (uint16_t)number, &total, &used);
	}
	if (status == E_OK) {
		printf(" %6lu/%-6lu", (unsigned long)(used / KIB), (unsigned long)(total / KIB));
	} else {
		printf("      -/-     ");
	}
}

static void
print_process(uint32_t number, const struct figures *figures, uint64_t since_ns)
{
	uint64_t cpu_ns = figures->cpu_ns - before[number].cpu_ns;
	uint64_t permille = since_ns == 0 ? 0 : cpu_ns * 1000 / since_ns;

	printf("%-12s%-8s %3lu.%lu", figures->name,
		figures->starts == 0 ? "absent"
		: figures->runs      ? "running"
				     : "stopped",
		(unsigned long)(permille / 10), (unsigned long)(permille % 10));
	print_memory(number);
	printf(" %9llu %8llu %7lu %6lu\n", (unsigned long long)figures->messages,
		(unsigned long long)(figures->messages - before[number].messages),
		(unsigned long)figures->denied, (unsigned long)figures->faults);
	before[number].cpu_ns = figures->cpu_ns;
	before[number].messages = figures->messages;
}

/* Numbers of the journal count from 1, which is init; those of the manager from the next one. */
static uint32_t
print_all(uint64_t since_ns)
{
	struct figures figures;
	uint32_t status = E_OK;

	printf("name        state     cpu%%  memory KiB     messages      new  denied faults\n");
	for (uint32_t i = 0; i < PROCESSES_MAX && status == E_OK; i++) {
		status = ask_figures(i + 1, &figures);
		if (status == E_OK) {
			print_process(i, &figures, since_ns);
		}
	}
	return status == JOURNAL_ERROR_ABSENT ? E_OK : status;
}

/* Waits for a second, or for a key that leaves. */
static bool
wants_to_leave(uint64_t until_ns)
{
	uint32_t status = E_OK;
	uint8_t key = 0;

	while (status == E_OK || status == E_RESTARTED) {
		if (sys_clock() >= until_ns || sys_deadline(until_ns) != E_OK) {
			return false;
		}
		/* The deadline is for this call: nothing comes between. */
		status = console_key(SHELL_CONSOLE, &key);
		if (status == E_OK && (key == 'q' || key == 'Q' || key == 0x03)) {
			return true;
		}
	}
	return false;
}

int
run_top(int count, char **words)
{
	long rounds = count > 1 ? strtol(words[1], NULL, 10) : 0;
	uint64_t last_ns = 0;
	uint32_t status = E_OK;

	if (count > 1 && (rounds < 1 || rounds > ROUNDS_MOST)) {
		printf("top N: how often, 1 to %d; without N until q is pressed\n", ROUNDS_MOST);
		return 1;
	}
	memset(before, 0, sizeof(before));
	for (long i = 0; status == E_OK; i++) {
		uint64_t now_ns = sys_clock();

		printf("\033[H\033[2J");
		status = print_all(last_ns == 0 ? now_ns : now_ns - last_ns);
		last_ns = now_ns;
		printf("%s\n", rounds == 0 ? "q leaves" : "");
		fflush(stdout);
		if (i + 1 == rounds || wants_to_leave(now_ns + NS_PER_S)) {
			return 0;
		}
	}
	printf("the audit server does not answer: %s\n", status_text(status));
	return 1;
}
