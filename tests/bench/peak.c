/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* peak PROGRAM WORD...: runs it, then prints the milliseconds of its own CPU time and the KiB of
 * memory that it had at most. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	struct rusage usage;
	pid_t child;
	int status;

	if (argc < 2) {
		fputs("usage: peak PROGRAM WORD...\n", stderr);
		return 2;
	}
	child = fork();
	if (child == 0) {
		execv(argv[1], argv + 1);
		perror(argv[1]);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child ||
		getrusage(RUSAGE_CHILDREN, &usage) != 0) {
		perror("peak");
		return 2;
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "peak: %s failed\n", argv[1]);
		return 1;
	}
	printf("%ld %ld\n", usage.ru_utime.tv_sec * 1000 + usage.ru_utime.tv_usec / 1000,
		usage.ru_maxrss);
	return 0;
}
