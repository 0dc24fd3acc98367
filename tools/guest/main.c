/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Runs a guest in QEMU for a person or for a script: `guest TIMEOUT_S ANNOTATE QEMU ARGUMENT...`.
 *
 * With a terminal, keys go to the guest, Ctrl-C explains how to leave, and Ctrl-A x leaves. Without
 * one, each line of standard input is typed at a prompt, and `poweroff` behind the last; the guest
 * then has TIMEOUT_S seconds. A line that reports a fault is given to the command ANNOTATE.
 * Exit code: 0 if the guest ended in good order, 1 if not, 2 for a wrong use.
 */
#include "script.h"
#include "terminal.h"
#include "watch.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROMPT        "gatehouse> "
#define PANIC_GRACE_S 2

struct guest {
	pid_t pid;
	int input;  /* to write what is typed */
	int output; /* to read what it prints */
	const char *annotate;
	struct watch watch;
	struct script script;
	struct terminal terminal;
	bool is_person;
	bool at_prompt;
	bool has_failed;
	time_t deadline_s; /* 0: none */
};

static volatile sig_atomic_t stop_signal;

static void
take_signal(int number)
{
	stop_signal = number;
	terminal_close();
}

static time_t
now_s(void)
{
	struct timespec now;

	return clock_gettime(CLOCK_MONOTONIC, &now) == 0 ? now.tv_sec : 0;
}

static void
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t done = write(fd, bytes, length);

		if (done < 0 && errno != EINTR) {
			return;
		}
		if (done > 0) {
			bytes += done;
			length -= (size_t)done;
		}
	}
}

/* The guest and this program die together: neither outlives the other, however it ends. */
static bool
guest_start(struct guest *guest, char **command)
{
	int to[2], from[2];

	if (pipe(to) != 0 || pipe(from) != 0) {
		return false;
	}
	guest->pid = fork();
	if (guest->pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)dup2(to[0], STDIN_FILENO);
		(void)dup2(from[1], STDOUT_FILENO);
		for (int i = 0; i < 2; i++) {
			(void)close(to[i]);
			(void)close(from[i]);
		}
		(void)execvp(command[0], command);
		perror(command[0]);
		_exit(127);
	}
	(void)close(to[0]);
	(void)close(from[1]);
	guest->input = to[1];
	guest->output = from[0];
	return guest->pid > 0;
}

/* Faults are rare, so a shell and addr2line for each are cheap enough. */
static void
guest_annotate(const struct guest *guest)
{
	FILE *command;

	(void)fflush(NULL);
	command = popen(guest->annotate, "w");
	if (command != NULL) {
		(void)fprintf(command, "%s\n", watch_text(&guest->watch));
		(void)pclose(command);
	}
}

/* Bytes are passed on before they are looked at; a fault's place follows its line. */
static bool
guest_relay(struct guest *guest)
{
	char bytes[4096];
	ssize_t got = read(guest->output, bytes, sizeof bytes);
	size_t written = 0;

	if (got <= 0) {
		return got < 0 && errno == EINTR;
	}
	for (size_t i = 0; i < (size_t)got; i++) {
		enum watch_event event = watch_byte(&guest->watch, bytes[i]);

		guest->at_prompt = event == WATCH_PROMPT;
		if (event == WATCH_FAULT) {
			write_all(STDOUT_FILENO, bytes + written, i + 1 - written);
			written = i + 1;
			guest_annotate(guest);
		} else if (event == WATCH_PANIC) {
			guest->has_failed = true;
			guest->deadline_s = now_s() + PANIC_GRACE_S;
		}
	}
	write_all(STDOUT_FILENO, bytes + written, (size_t)got - written);
	return true;
}

/* Returns false when the person wants to leave. */
static bool
guest_take_keys(struct guest *guest)
{
	char keys[256];
	ssize_t got = read(STDIN_FILENO, keys, sizeof keys);
	size_t length = got > 0 ? (size_t)got : 0;
	enum terminal_wish wish = terminal_filter(&guest->terminal, keys, &length);

	write_all(guest->input, keys, length);
	if (wish == TERMINAL_EXPLAIN) {
		static const char text[] =
			"\r\nto leave: type poweroff, or press Ctrl-A and then x\r\n";

		write_all(STDERR_FILENO, text, sizeof text - 1);
		/* The shell answers an empty line with a new prompt. */
		write_all(guest->input, "\r", 1);
	}
	return got > 0 && wish != TERMINAL_LEAVE;
}

static void
guest_type_line(struct guest *guest)
{
	char line[SCRIPT_LINE_BYTES + 1];
	size_t length = guest->at_prompt ? script_next(&guest->script, line) : 0;

	if (length > 0) {
		guest->at_prompt = false;
		write_all(guest->input, line, length);
	}
}

/* Until the guest closes its output, its time is over, or somebody ends it. */
static void
guest_serve(struct guest *guest)
{
	bool goes_on = true;

	while (goes_on && stop_signal == 0) {
		bool listens = guest->is_person || script_wants_input(&guest->script);
		struct pollfd ready[2] = {
			{.fd = guest->output, .events = POLLIN},
			{.fd = listens ? STDIN_FILENO : -1, .events = POLLIN},
		};

		if (guest->deadline_s != 0 && now_s() >= guest->deadline_s) {
			if (!guest->has_failed) {
				(void)fputs("\nrun: the guest did not end in time; "
					    "RUN_TIMEOUT=seconds gives it more\n",
					stderr);
			}
			guest->has_failed = true;
			return;
		}
		if (poll(ready, 2, 250) <= 0) {
			continue;
		}
		if (ready[1].revents != 0 && guest->is_person) {
			goes_on = guest_take_keys(guest);
		} else if (ready[1].revents != 0) {
			script_read(&guest->script, STDIN_FILENO);
		}
		if (ready[0].revents != 0) {
			goes_on = guest_relay(guest) && goes_on;
		}
		if (!guest->is_person) {
			guest_type_line(guest);
		}
	}
}

/* Returns the exit code: only a guest that ends by itself, without complaint, is well. */
static int
guest_finish(struct guest *guest)
{
	int status = 0;
	bool was_left = guest->is_person && stop_signal == 0 && !guest->has_failed;

	/* A guest that has closed its output is about to end; any other is ended here. */
	for (int i = 0; i < 20 && !guest->has_failed && stop_signal == 0; i++) {
		struct timespec pause = {.tv_nsec = 10000000};

		if (waitpid(guest->pid, &status, WNOHANG) == guest->pid) {
			return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
		}
		(void)nanosleep(&pause, NULL);
	}
	(void)kill(guest->pid, SIGKILL);
	(void)waitpid(guest->pid, &status, 0);
	return was_left ? 0 : 1;
}

int
main(int argc, char **argv)
{
	static struct guest guest = {.watch = {.prompt = PROMPT}};
	struct sigaction action = {.sa_handler = take_signal};
	long timeout_s;
	int code;

	if (argc < 4) {
		(void)fputs("usage: guest TIMEOUT_S ANNOTATE QEMU ARGUMENT...\n", stderr);
		return 2;
	}
	timeout_s = strtol(argv[1], NULL, 10);
	guest.annotate = argv[2];
	guest.is_person = isatty(STDIN_FILENO) != 0;
	guest.deadline_s = guest.is_person || timeout_s <= 0 ? 0 : now_s() + timeout_s;
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGHUP, &action, NULL);
	action.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &action, NULL);
	if (!guest_start(&guest, argv + 3)) {
		perror("guest");
		return 1;
	}
	terminal_open();
	guest_serve(&guest);
	code = guest_finish(&guest);
	terminal_close();
	return code;
}
