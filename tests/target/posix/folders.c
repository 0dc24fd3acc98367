/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Folders, entry by entry. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix.h"

/* Whether it is among what is left to be read. */
static bool
has(DIR *dir, const char *name)
{
	const struct dirent *entry;

	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, name) == 0) {
			return true;
		}
	}
	return false;
}

static int
count(DIR *dir)
{
	int found = 0;

	while (readdir(dir) != NULL) {
		found++;
	}
	return found;
}

void
test_opendir(void)
{
	DIR *dir = opendir("/");

	expect(has(dir, "dev"));
	expect_equal(closedir(dir), 0);
	fails_null(opendir("/absent"), ENOENT);
	fails_null(opendir("/rom/text"), ENOTDIR);
}

void
test_fdopendir(void)
{
	int fd = open("/rom", O_RDONLY);
	DIR *dir = fdopendir(fd);

	expect(has(dir, "lib"));
	expect_equal(closedir(dir), 0);
	fails_null(fdopendir(fd), EBADF);
	fd = open("/rom/text", O_RDONLY);
	fails_null(fdopendir(fd), ENOTDIR);
	expect_equal(close(fd), 0);
}

void
test_readdir(void)
{
	char name[] = "/readdir/0";
	const struct dirent *entry;
	DIR *dir;

	expect_equal(mkdir("/readdir", 0777), 0);
	for (name[9] = '0'; name[9] <= '9'; name[9]++) {
		expect(posix_write(name, "x"));
	}
	dir = opendir("/readdir");
	expect_equal(count(dir), 10);
	expect(readdir(dir) == NULL);
	rewinddir(dir);
	/* What goes while one reads takes nothing else with it. */
	for (int i = 0; (entry = readdir(dir)) != NULL; i++) {
		expect_equal(entry->d_type, DT_REG);
		name[9] = entry->d_name[0];
		expect_equal(unlink(name), 0);
		expect(i < 10);
	}
	expect_equal(closedir(dir), 0);
	expect_equal(rmdir("/readdir"), 0);
	dir = opendir("/dev");
	expect(has(dir, "null"));
	expect_equal(closedir(dir), 0);
}

void
test_closedir(void)
{
	int fd;
	DIR *dir = opendir("/rom");

	fd = dirfd(dir);
	expect_equal(closedir(dir), 0);
	expect_equal(fcntl(fd, F_GETFD), -1);
}

void
test_rewinddir(void)
{
	DIR *dir = opendir("/rom");

	expect_equal(count(dir), 2);
	expect_equal(count(dir), 0);
	rewinddir(dir);
	expect_equal(count(dir), 2);
	expect_equal(closedir(dir), 0);
}

void
test_telldir(void)
{
	DIR *dir = opendir("/dev");
	long start = telldir(dir);

	expect(readdir(dir) != NULL);
	expect(telldir(dir) != start);
	expect_equal(closedir(dir), 0);
}

void
test_seekdir(void)
{
	char name[64];
	DIR *dir = opendir("/dev");
	long second;

	expect(readdir(dir) != NULL);
	second = telldir(dir);
	strcpy(name, readdir(dir)->d_name);
	expect(readdir(dir) != NULL);
	seekdir(dir, second);
	expect_equal(strcmp(readdir(dir)->d_name, name), 0);
	expect_equal(closedir(dir), 0);
}

void
test_dirfd(void)
{
	struct stat status;
	DIR *dir = opendir("/rom/lib");

	expect_equal(fstat(dirfd(dir), &status), 0);
	expect(S_ISDIR(status.st_mode));
	expect_equal(closedir(dir), 0);
}
