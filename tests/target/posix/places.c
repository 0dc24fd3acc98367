/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names from an open folder on, and what there is at a place. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "posix.h"

static int rom;

static void
open_rom(void)
{
	rom = open("/rom", O_RDONLY | O_DIRECTORY);
	expect(rom >= 0);
}

static void
close_rom(void)
{
	expect_equal(close(rom), 0);
}

void
test_openat(void)
{
	int fd;

	open_rom();
	fd = openat(rom, "lib/one", O_RDONLY);
	expect(fd >= 0);
	fails(openat(fd, "x", O_RDONLY), ENOTDIR);
	expect_equal(close(fd), 0);
	fails(openat(fd, "x", O_RDONLY), EBADF);
	fd = openat(AT_FDCWD, "rom/text", O_RDONLY);
	expect_equal(close(fd), 0);
	fd = openat(rom, "/dev/null", O_RDONLY);
	expect_equal(close(fd), 0);
	close_rom();
}

void
test_fstatat(void)
{
	struct stat status;

	open_rom();
	expect_equal(fstatat(rom, "text", &status, 0), 0);
	expect_equal(status.st_size, 45);
	fails(fstatat(rom, "absent", &status, 0), ENOENT);
	fails(fstatat(rom, "", &status, 0), ENOENT);
	close_rom();
}

void
test_faccessat(void)
{
	open_rom();
	expect_equal(faccessat(rom, "text", R_OK, 0), 0);
	fails(faccessat(rom, "absent", R_OK, 0), ENOENT);
	close_rom();
}

void
test_mkdirat(void)
{
	int fd = open("/", O_RDONLY);

	expect_equal(mkdirat(fd, "mkdirat", 0777), 0);
	fails(mkdirat(fd, "mkdirat", 0777), EEXIST);
	expect_equal(rmdir("/mkdirat"), 0);
	expect_equal(close(fd), 0);
}

void
test_unlinkat(void)
{
	int fd = open("/", O_RDONLY);

	expect(posix_write("/unlinkat", "x"));
	expect_equal(unlinkat(fd, "unlinkat", 0), 0);
	fails(unlinkat(fd, "unlinkat", 0), ENOENT);
	expect_equal(mkdir("/unlinkat", 0777), 0);
	expect_equal(unlinkat(fd, "unlinkat", AT_REMOVEDIR), 0);
	expect_equal(close(fd), 0);
}

void
test_renameat(void)
{
	int fd = open("/", O_RDONLY);

	expect(posix_write("/renameat", "x"));
	expect_equal(renameat(fd, "renameat", AT_FDCWD, "/other"), 0);
	fails(renameat(fd, "renameat", fd, "other"), ENOENT);
	expect_equal(unlink("/other"), 0);
	expect_equal(close(fd), 0);
}

void
test_realpath(void)
{
	char *path;

	expect_equal(chdir("/rom/lib"), 0);
	path = realpath("../text", NULL);
	expect_equal(strcmp(path, "/rom/text"), 0);
	free(path);
	fails_null(realpath("absent", NULL), ENOENT);
	expect_equal(chdir("/"), 0);
}

void
test_statvfs(void)
{
	static char much[4096];
	struct statvfs before;
	struct statvfs after;
	int fd = open("/statvfs", O_WRONLY | O_CREAT, 0666);

	expect_equal(statvfs("/", &before), 0);
	expect_equal(write(fd, much, sizeof(much)), sizeof(much));
	expect_equal(statvfs("/statvfs", &after), 0);
	expect_equal(before.f_bfree - after.f_bfree, 1);
	expect_equal(before.f_bavail, 128); /* attribute `quota` of ram: 512 KiB */
	expect_equal(before.f_namemax, 63);
	expect_equal(close(fd), 0);
	expect_equal(unlink("/statvfs"), 0);
	expect_equal(statvfs("/rom", &before), 0);
	expect((before.f_flag & ST_RDONLY) != 0);
	fails(statvfs("/absent", &before), ENOENT);
}

void
test_fstatvfs(void)
{
	struct statvfs status;
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(fstatvfs(fd, &status), 0);
	expect_equal(status.f_bfree, 0);
	expect_equal(close(fd), 0);
	fails(fstatvfs(fd, &status), EBADF);
}

void
test_mkstemp(void)
{
	char name[] = "/mkstempXXXXXX";
	char bad[] = "/mkstemp";
	int fd = mkstemp(name);

	expect(fd >= 0);
	expect_equal(write(fd, "x", 1), 1);
	expect_equal(close(fd), 0);
	expect_equal(strcmp(posix_read(name), "x"), 0);
	expect_equal(unlink(name), 0);
	fails(mkstemp(bad), EINVAL);
}

void
test_mkdtemp(void)
{
	char name[] = "/mkdtempXXXXXX";
	char bad[] = "/mkdtemp";

	expect(mkdtemp(name) == name);
	expect_equal(rmdir(name), 0);
	fails_null(mkdtemp(bad), EINVAL);
}

void
test_readdir_r(void)
{
	struct dirent entry;
	struct dirent *result;
	DIR *dir = opendir("/rom/lib");

	expect_equal(readdir_r(dir, &entry, &result), 0);
	expect(result == &entry);
	expect_equal(strcmp(entry.d_name, "one"), 0);
	expect_equal(readdir_r(dir, &entry, &result), 0);
	expect(result == NULL);
	expect_equal(closedir(dir), 0);
}

static int
is_short(const struct dirent *entry)
{
	return strlen(entry->d_name) == 4;
}

void
test_scandir(void)
{
	struct dirent **entries;

	/* null, zero, full: in the order of the alphabet. */
	expect_equal(scandir("/dev", &entries, is_short, alphasort), 3);
	expect_equal(strcmp(entries[0]->d_name, "full"), 0);
	expect_equal(strcmp(entries[2]->d_name, "zero"), 0);
	for (int i = 0; i < 3; i++) {
		free(entries[i]);
	}
	free(entries);
	fails(scandir("/absent", &entries, NULL, NULL), ENOENT);
}
