/* SPDX-License-Identifier: 0BSD */
/* A thread waits for Ctrl-C: the other one waits for a program, or works. */
#define _POSIX_C_SOURCE 200809L

#include "interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>

#include "process_shell.h"

static pid_t foreground;
static bool is_seen;

static void *
watch(void *nothing)
{
	uint32_t status = E_OK;

	while (status == E_OK || status == E_RESTARTED) {
		status = console_interrupted(SHELL_CONSOLE);
		if (status != E_OK) {
			continue;
		}
		pid_t child = __atomic_load_n(&foreground, __ATOMIC_ACQUIRE);
		__atomic_store_n(&is_seen, true, __ATOMIC_RELEASE);
		if (child != 0) {
			(void)kill(child, SIGINT);
		}
	}
	return nothing;
}

void
interrupt_begin(void)
{
	static bool is_watching;
	pthread_t watcher;

	if (!is_watching) {
		is_watching = pthread_create(&watcher, NULL, watch, NULL) == 0;
	}
	__atomic_store_n(&is_seen, false, __ATOMIC_RELEASE);
}

void
interrupt_child(pid_t child)
{
	__atomic_store_n(&foreground, child, __ATOMIC_RELEASE);
}

bool
interrupt_seen(void)
{
	return __atomic_load_n(&is_seen, __ATOMIC_ACQUIRE);
}
