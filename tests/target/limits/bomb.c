/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Takes one thing until it gets no more, says so, and tries again and again; which, its name says.
 */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/abi.h"
#include "gatehouse/process.h"
#include "gen/core/untyped.h"

#define TRIES_MOST  100000
#define TRIES_LATER 5000 /* while others want to work */

static void *
sit(void *argument)
{
	pause();
	return argument;
}

/* Each returns 0, or the error that it was refused with. */
static int
take_thread(void)
{
	pthread_t id;

	return pthread_create(&id, NULL, sit, NULL);
}

static int
take_handle(void)
{
	uint32_t handle;
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, 0, LABEL_NONE, KIND_NOTIFICATION, &handle);

	return status == E_OK ? 0 : status == E_LIMIT ? EMFILE : ENOMEM;
}

static int
take_memory(void)
{
	return malloc(1000) == NULL ? errno : 0;
}

static int
take_descriptor(void)
{
	return open("/dev/null", O_RDONLY) < 0 ? errno : 0;
}

static int
take_file(void)
{
	static char bytes[4096];
	static int fd = -1;

	if (fd < 0) {
		fd = open("/ram/bomb", O_WRONLY | O_CREAT, 0666);
	}
	return write(fd, bytes, sizeof(bytes)) < 0 ? errno : 0;
}

static const struct {
	const char *name;
	int (*take)(void);
} bombs[] = {
	{"threads", take_thread},
	{"handles", take_handle},
	{"memories", take_memory},
	{"descriptors", take_descriptor},
	{"files", take_file},
};

static const char *
name_of(int error)
{
	switch (error) {
	case EAGAIN:
		return "EAGAIN";
	case EMFILE:
		return "EMFILE";
	case ENOMEM:
		return "ENOMEM";
	case ENOSPC:
		return "ENOSPC";
	default:
		return "another error";
	}
}

static void
explode(const char *name, int (*take)(void))
{
	char line[64];
	int count = 0;
	int error = 0;

	while (count < TRIES_MOST && error == 0) {
		error = take();
		count += error == 0;
	}
	int bytes = snprintf(line, sizeof(line), "%s: %d, then %s\n", name, count, name_of(error));
	/* In one message, so that lines of several do not mix. */
	(void)write(STDOUT_FILENO, line, (size_t)bytes);
	for (int i = 0; i < TRIES_LATER; i++) {
		if (take() != error) {
			printf("%s: another answer later\n", name);
		}
	}
	for (;;) {
		pause();
	}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		if (strcmp(bombs[i].name, process_info()->name) == 0) {
			explode(bombs[i].name, bombs[i].take);
		}
	}
	return EXIT_FAILURE;
}
