/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Programs as children: what reaches them, how they end, and who may not be started. */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "posix.h"

#define PLACES 2 /* of template child, product.gate */

static char *const no_environment[] = {NULL};

static pid_t
start(const char *what, const char *more)
{
	char *const words[] = {"child", (char *)what, (char *)more, NULL};
	pid_t child = -1;

	expect_equal(posix_spawn(&child, "child", NULL, NULL, words, no_environment), 0);
	return child;
}

static int
start_error(const char *name, char *const words[])
{
	pid_t child = -1;
	int error = posix_spawn(&child, name, NULL, NULL, words, no_environment);

	posix_saw(error);
	return error;
}

/* The status that a child ended with. */
static int
end_of(pid_t child)
{
	int status = -1;

	expect_equal(waitpid(child, &status, 0), child);
	return status;
}

void
test_posix_spawn(void)
{
	char *const words[] = {"child", NULL};
	char *const outer[] = {"secret", NULL};
	pid_t children[PLACES];
	int status;

	status = end_of(start("exit", "7"));
	expect(WIFEXITED(status));
	expect_equal(WEXITSTATUS(status), 7);
	expect_equal(start_error("nosuch", words), ENOENT);
	expect_equal(start_error("", words), ENOENT);
	expect_equal(start_error("a name that is longer than a name", words), ENOENT);
	expect_equal(start_error("secret", outer), EACCES);
	expect_equal(start_error("tester", words), EACCES);
	/* Who ended has its place until it was waited for. */
	for (int i = 0; i < PLACES; i++) {
		children[i] = start("exit", "0");
	}
	expect(children[0] != children[1]);
	usleep(20000);
	expect_equal(start_error("child", words), EAGAIN);
	for (int i = 0; i < PLACES; i++) {
		expect_equal(end_of(children[i]), 0);
	}
	/* A new incarnation is another process. */
	pid_t again = start("exit", "0");
	expect(again != children[0] && again != children[1]);
	expect_equal(end_of(again), 0);
}

/* Arguments, environment and folder arrive as they are; there is more room than one message has. */
void
test_posix_spawnp(void)
{
	static char large[4096];
	static char fits[2000];
	char *words[] = {"first", "say", "two words", "", "it's \"quoted\"", NULL, NULL};
	char *const environment[] = {"NAME=a=b", NULL};
	char wanted[128];
	posix_spawn_file_actions_t actions;
	pid_t child = -1;

	expect_equal(mkdir("/below", 0777), 0);
	expect_equal(chdir("/below"), 0);
	expect_equal(posix_spawn_file_actions_init(&actions), 0);
	expect_equal(posix_spawn_file_actions_addopen(
			     &actions, 1, "said", O_WRONLY | O_CREAT | O_TRUNC, 0666),
		0);
	expect_equal(posix_spawn_file_actions_addopen(
			     &actions, 2, "/pid", O_WRONLY | O_CREAT | O_TRUNC, 0666),
		0);
	expect_equal(posix_spawnp(&child, "/bin/child", &actions, NULL, words, environment), 0);
	expect_equal(end_of(child), 0);
	expect_equal(strcmp(posix_read("/below/said"),
			     "first|say|two words||it's \"quoted\"|a=b|none|/below\n"),
		0);
	snprintf(wanted, sizeof(wanted), "pid %ld\n", (long)child);
	expect_equal(strcmp(posix_read("/pid"), wanted), 0);
	memset(large, 'x', sizeof(large) - 1);
	memset(fits, 'x', sizeof(fits) - 1);
	words[5] = large;
	expect_equal(start_error("child", words), E2BIG);
	words[5] = fits;
	expect_equal(posix_spawnp(&child, "child", &actions, NULL, words, environment), 0);
	expect_equal(end_of(child), 0);
	expect_equal(posix_spawn_file_actions_destroy(&actions), 0);
	expect_equal(chdir("/"), 0);
	expect_equal(unlink("/below/said"), 0);
	expect_equal(unlink("/pid"), 0);
	expect_equal(rmdir("/below"), 0);
}

void
test_waitpid(void)
{
	int status = 0;
	pid_t child = start("sleep", "");

	expect_equal(waitpid(child, &status, WNOHANG), 0);
	expect_equal(waitpid(-1, &status, WNOHANG), 0);
	fails(waitpid(child, &status, 64), EINVAL);
	fails(waitpid(child + 1, &status, 0), ECHILD);
	status = end_of(child);
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 3);
	fails(waitpid(child, &status, 0), ECHILD);
	fails(waitpid(-1, &status, WNOHANG), ECHILD);
	status = end_of(start("fault", ""));
	expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	/* The one that ends first is told first, whoever is asked for. */
	child = start("sleep", "");
	pid_t quick = start("exit", "0");
	expect_equal(waitpid(0, NULL, 0), quick);
	expect_equal(waitpid(-1, NULL, 0), child);
	status = end_of(start("abort", ""));
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGABRT);
}

void
test_wait(void)
{
	int status = 0;
	pid_t child;

	fails(wait(&status), ECHILD);
	child = start("exit", "300");
	expect_equal(wait(&status), child);
	expect(WIFEXITED(status) && WEXITSTATUS(status) == (300 & 0xff));
}

/* Part of test_kill: a child is ended whatever it does, is told once, and nobody else is. */
void
test_kill_children(void)
{
	static const int ends[] = {SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT};
	pid_t child = 0;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		child = start("forever", "");
		expect_equal(kill(child, 0), 0);
		fails(kill(child, SIGUSR1), EPERM);
		fails(kill(child + 1, SIGKILL), ESRCH);
		expect_equal(waitpid(child, NULL, WNOHANG), 0);
		expect_equal(kill(child, ends[i]), 0);
		/* It is there until it was waited for. */
		expect_equal(kill(child, 0), 0);
		expect_equal(kill(child, SIGKILL), 0);
		int status = end_of(child);
		expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		fails(kill(child, 0), ESRCH);
	}
	pid_t next = start("sleep", "");
	fails(kill(child, SIGKILL), ESRCH);
	int status = end_of(next);
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 3);
}

/* --- file actions --------------------------------------------------------------------------- */

static pid_t
start_with(posix_spawn_file_actions_t *actions, const char *what)
{
	char *const words[] = {"child", (char *)what, NULL};
	char *const environment[] = {"NAME=x", NULL};
	pid_t child = -1;

	expect_equal(posix_spawn(&child, "child", actions, NULL, words, environment), 0);
	return child;
}

void
test_posix_spawn_file_actions_init(void)
{
	posix_spawn_file_actions_t actions;

	expect_equal(posix_spawn_file_actions_init(&actions), 0);
	expect_equal(end_of(start_with(&actions, "exit")) & 0xff, SIGSEGV); /* it has no argv[2] */
	expect_equal(posix_spawn_file_actions_destroy(&actions), 0);
}

void
test_posix_spawn_file_actions_destroy(void)
{
	posix_spawn_file_actions_t actions;

	for (int i = 0; i < 1000; i++) {
		expect_equal(posix_spawn_file_actions_init(&actions), 0);
		expect_equal(posix_spawn_file_actions_addclose(&actions, 0), 0);
		expect_equal(posix_spawn_file_actions_destroy(&actions), 0);
	}
}

/* What a child cannot open, with rights of its own, ends it. */
void
test_posix_spawn_file_actions_addopen(void)
{
	char *const words[] = {"plain", NULL};
	pid_t plain = -1;
	posix_spawn_file_actions_t actions;
	int status;

	expect_equal(posix_spawn_file_actions_init(&actions), 0);
	returns(posix_spawn_file_actions_addopen(&actions, -1, "/x", O_RDONLY, 0), EBADF);
	expect_equal(posix_spawn_file_actions_addopen(&actions, 0, "/rom/text", O_RDONLY, 0), 0);
	status = end_of(start_with(&actions, "say"));
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 127);
	/* One that opens nothing, and is to have a file, does not begin. */
	expect_equal(posix_spawn(&plain, "plain", &actions, NULL, words, no_environment), 0);
	expect_equal(WEXITSTATUS(end_of(plain)), 127);
	expect_equal(posix_spawn(&plain, "plain", NULL, NULL, words, no_environment), 0);
	expect_equal(WEXITSTATUS(end_of(plain)), 5);
	expect_equal(posix_spawn_file_actions_destroy(&actions), 0);
}

void
test_posix_spawn_file_actions_adddup2(void)
{
	posix_spawn_file_actions_t actions;

	expect_equal(posix_spawn_file_actions_init(&actions), 0);
	returns(posix_spawn_file_actions_adddup2(&actions, 1, 1000), EBADF);
	expect_equal(posix_spawn_file_actions_addopen(
			     &actions, 1, "/both", O_WRONLY | O_CREAT | O_APPEND, 0666),
		0);
	expect_equal(posix_spawn_file_actions_adddup2(&actions, 1, 2), 0);
	expect_equal(end_of(start_with(&actions, "say")), 0);
	expect(strstr(posix_read("/both"), "child|say|x|none|/\n") != NULL);
	expect(strstr(posix_read("/both"), "pid ") != NULL);
	expect_equal(unlink("/both"), 0);
	expect_equal(posix_spawn_file_actions_destroy(&actions), 0);
}

void
test_posix_spawn_file_actions_addclose(void)
{
	posix_spawn_file_actions_t actions;
	int status;

	expect_equal(posix_spawn_file_actions_init(&actions), 0);
	returns(posix_spawn_file_actions_addclose(&actions, -1), EBADF);
	expect_equal(posix_spawn_file_actions_addclose(&actions, 1), 0);
	/* It becomes what is not there any more. */
	expect_equal(posix_spawn_file_actions_adddup2(&actions, 1, 2), 0);
	status = end_of(start_with(&actions, "say"));
	expect(WIFEXITED(status) && WEXITSTATUS(status) == 127);
	expect_equal(posix_spawn_file_actions_destroy(&actions), 0);
}

/* --- attributes ----------------------------------------------------------------------------- */

void
test_posix_spawnattr_init(void)
{
	posix_spawnattr_t attributes;
	short flags = -1;

	expect_equal(posix_spawnattr_init(&attributes), 0);
	expect_equal(posix_spawnattr_getflags(&attributes, &flags), 0);
	expect_equal(flags, 0);
	expect_equal(posix_spawnattr_destroy(&attributes), 0);
}

void
test_posix_spawnattr_setflags(void)
{
	posix_spawnattr_t attributes;
	short flags = 0;

	expect_equal(posix_spawnattr_init(&attributes), 0);
	expect_equal(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF), 0);
	returns(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP), EINVAL);
	returns(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK), EINVAL);
	expect_equal(posix_spawnattr_getflags(&attributes, &flags), 0);
	expect_equal(flags, POSIX_SPAWN_SETSIGDEF);
	expect_equal(posix_spawnattr_destroy(&attributes), 0);
}

void
test_posix_spawnattr_setsigdefault(void)
{
	posix_spawnattr_t attributes;
	sigset_t signals;
	sigset_t found;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	expect_equal(posix_spawnattr_init(&attributes), 0);
	expect_equal(posix_spawnattr_setsigdefault(&attributes, &signals), 0);
	expect_equal(posix_spawnattr_getsigdefault(&attributes, &found), 0);
	expect_equal(sigismember(&found, SIGTERM), 1);
	expect_equal(sigismember(&found, SIGINT), 0);
	expect_equal(posix_spawnattr_destroy(&attributes), 0);
}

/* --- random bytes ---------------------------------------------------------------------------- */

/* Bytes of a generator are none of its seed, never the same twice, and half of their bits are set.
 */
void
test_getentropy(void)
{
	static uint8_t bytes[2][256];
	unsigned set = 0;

	for (int i = 0; i < 2; i++) {
		expect_equal(getentropy(bytes[i], sizeof(bytes[i])), 0);
	}
	expect(memcmp(bytes[0], bytes[1], 16) != 0);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		set += (unsigned)__builtin_popcount(bytes[i / 256][i % 256]);
	}
	expect(set > sizeof(bytes) * 4 - 250 && set < sizeof(bytes) * 4 + 250);
	expect_equal(getentropy(bytes[0], 0), 0);
	fails(getentropy(bytes[0], 257), EIO);
	/* The child's generator got no seed: it has nothing to give. */
	expect_equal(WEXITSTATUS(end_of(start("entropy", ""))), EIO);
}
