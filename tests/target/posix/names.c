/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Names: what stands there, making, removing, renaming; the present folder. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix.h"

void
test_stat(void)
{
	struct stat status;
	struct stat other;

	expect_equal(stat("/rom/text", &status), 0);
	expect(S_ISREG(status.st_mode));
	expect_equal(status.st_size, 45);
	expect_equal(stat("/rom/lib/", &status), 0);
	expect(S_ISDIR(status.st_mode));
	expect_equal(stat("/dev/zero", &status), 0);
	expect(S_ISCHR(status.st_mode));
	fails(stat("/absent", &status), ENOENT);
	fails(stat("/rom/text/", &status), ENOTDIR);
	expect(posix_write("/stat", "x"));
	expect_equal(stat("/stat", &status), 0);
	expect_equal(nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL), 0);
	expect(posix_write("/stat", "y"));
	expect_equal(stat("/stat", &other), 0);
	expect_equal(status.st_ino, other.st_ino);
	expect(other.st_mtim.tv_sec > status.st_mtim.tv_sec ||
		other.st_mtim.tv_nsec > status.st_mtim.tv_nsec);
	expect_equal(stat("/rom", &other), 0);
	expect(other.st_dev != status.st_dev);
	expect_equal(unlink("/stat"), 0);
}

void
test_lstat(void)
{
	struct stat status;

	expect_equal(lstat("/rom/lib/one", &status), 0);
	expect_equal(status.st_size, 30);
	fails(lstat("/rom/text/x", &status), ENOTDIR);
}

void
test_access(void)
{
	expect_equal(access("/rom/text", F_OK), 0);
	expect_equal(access("/", R_OK | X_OK), 0);
	fails(access("/absent", R_OK), ENOENT);
	fails(access("/rom/text", X_OK), EACCES);
	fails(access("/", 64), EINVAL);
}

void
test_mkdir(void)
{
	expect_equal(mkdir("/mkdir", 0777), 0);
	expect_equal(mkdir("/mkdir/below/", 0777), 0);
	expect(posix_write("/mkdir/below/file", "x"));
	fails(mkdir("/mkdir", 0777), EEXIST);
	fails(mkdir("/rom", 0777), EEXIST);
	fails(mkdir("/", 0777), EEXIST);
	fails(mkdir("/absent/x", 0777), ENOENT);
	fails(mkdir("/mkdir/below/file/x", 0777), ENOTDIR);
	fails(mkdir("/rom/x", 0777), EROFS);
	expect_equal(unlink("/mkdir/below/file"), 0);
	expect_equal(rmdir("/mkdir/below"), 0);
	expect_equal(rmdir("/mkdir"), 0);
}

void
test_rmdir(void)
{
	expect_equal(mkdir("/rmdir", 0777), 0);
	expect(posix_write("/rmdir/file", "x"));
	fails(rmdir("/rmdir"), ENOTEMPTY);
	fails(rmdir("/rmdir/file"), ENOTDIR);
	fails(rmdir("/absent"), ENOENT);
	fails(rmdir("/"), EBUSY);
	fails(rmdir("/rom/lib"), EROFS);
	expect_equal(unlink("/rmdir/file"), 0);
	expect_equal(rmdir("/rmdir"), 0);
	fails(rmdir("/rmdir"), ENOENT);
}

void
test_unlink(void)
{
	char text[2] = "";
	int fd = open("/unlink", O_RDWR | O_CREAT, 0666);

	/* What is open stays. */
	expect_equal(write(fd, "x", 1), 1);
	expect_equal(unlink("/unlink"), 0);
	fails(unlink("/unlink"), ENOENT);
	expect_equal(pread(fd, text, 1, 0), 1);
	expect_equal(text[0], 'x');
	expect_equal(close(fd), 0);
	fails(unlink("/rom/lib"), EROFS);
	expect_equal(mkdir("/unlink", 0777), 0);
	fails(unlink("/unlink"), EISDIR);
	expect_equal(rmdir("/unlink"), 0);
}

void
test_remove(void)
{
	expect(posix_write("/remove", "x"));
	expect_equal(remove("/remove"), 0);
	expect_equal(mkdir("/remove", 0777), 0);
	expect_equal(remove("/remove"), 0);
	fails(remove("/remove"), ENOENT);
}

void
test_rename(void)
{
	expect(posix_write("/from", "from"));
	expect(posix_write("/to", "to"));
	expect_equal(rename("/from", "/to"), 0);
	expect_equal(strcmp(posix_read("/to"), "from"), 0);
	fails(rename("/from", "/to"), ENOENT);
	expect_equal(mkdir("/a", 0777), 0);
	expect_equal(mkdir("/a/b", 0777), 0);
	expect_equal(rename("/to", "/a/b/c"), 0);
	expect_equal(rename("/a/b/c", "/a/b/c"), 0);
	fails(rename("/a", "/a/b/d"), EINVAL);
	fails(rename("/a/b/c", "/a"), EISDIR);
	fails(rename("/a", "/a/b/c"), EINVAL);
	fails(rename("/a/b/c", "/rom/c"), EXDEV);
	expect_equal(mkdir("/d", 0777), 0);
	fails(rename("/d", "/a"), ENOTEMPTY);
	expect_equal(rename("/a", "/d"), 0);
	expect_equal(strcmp(posix_read("/d/b/c"), "from"), 0);
	fails(rename("/d/b/c", "/d/b/bad."), EINVAL);
	expect_equal(unlink("/d/b/c"), 0);
	expect_equal(rmdir("/d/b"), 0);
	expect_equal(rmdir("/d"), 0);
	fails(rename("/rom/text", "/rom/new"), EROFS);
}

void
test_chdir(void)
{
	expect_equal(chdir("/rom"), 0);
	expect_equal(access("text", F_OK), 0);
	expect_equal(chdir("lib"), 0);
	expect_equal(access("../text", F_OK), 0);
	fails(chdir("one"), ENOTDIR);
	fails(chdir("absent"), ENOENT);
	expect_equal(chdir("../.."), 0);
	expect_equal(access("rom/text", F_OK), 0);
}

void
test_fchdir(void)
{
	char here[64];
	int fd = open("/rom/lib", O_RDONLY);

	expect_equal(fchdir(fd), 0);
	expect_equal(strcmp(getcwd(here, sizeof(here)), "/rom/lib"), 0);
	expect_equal(close(fd), 0);
	fails(fchdir(fd), EBADF);
	fails(fchdir(1), ENOTDIR);
	expect_equal(chdir("/"), 0);
}

void
test_getcwd(void)
{
	char here[64];
	char *made;

	expect_equal(strcmp(getcwd(here, sizeof(here)), "/"), 0);
	expect_equal(chdir("/rom/lib/"), 0);
	made = getcwd(NULL, 0);
	expect_equal(strcmp(made, "/rom/lib"), 0);
	free(made);
	fails_null(getcwd(here, 8), ERANGE);
	fails_null(getcwd(here, 0), EINVAL);
	expect_equal(chdir("/"), 0);
}
