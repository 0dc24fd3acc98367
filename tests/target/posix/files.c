/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Open files: reading, writing, where, and how many. */
#define _POSIX_C_SOURCE 200809L

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "posix.h"

#define LARGE 150000 /* several pieces of the library, many blocks of the server */

static char large[LARGE];

static void
fill(unsigned seed)
{
	for (size_t i = 0; i < sizeof(large); i++) {
		large[i] = (char)(seed = seed * 1103515245 + 12345, seed >> 16);
	}
}

static bool
is_filled(unsigned seed)
{
	for (size_t i = 0; i < sizeof(large); i++) {
		seed = seed * 1103515245 + 12345;
		if (large[i] != (char)(seed >> 16)) {
			return false;
		}
	}
	return true;
}

void
test_open(void)
{
	char name[300];
	int fds[16];
	int count = 0;

	fails(open("/absent", O_RDONLY), ENOENT);
	fails(open("", O_RDONLY), ENOENT);
	fails(open("/absent/below", O_RDWR | O_CREAT, 0666), ENOENT);
	expect(posix_write("/open", "one"));
	expect_equal(strcmp(posix_read("/open"), "one"), 0);
	fails(open("/open", O_RDWR | O_CREAT | O_EXCL, 0666), EEXIST);
	fails(open("/open/below", O_RDONLY), ENOTDIR);
	fails(open("/open/", O_RDONLY), ENOTDIR);
	fails(open("/", O_RDWR), EISDIR);
	fails(open("/rom/text", O_RDWR), EROFS);
	fails(open("/rom/new", O_RDWR | O_CREAT, 0666), EROFS);
	fails(open("/open", O_RDONLY | O_DIRECTORY), ENOTDIR);
	/* The library takes out what POSIX lets stand in a name; the rest has one spelling. */
	expect_equal(strcmp(posix_read("//x/.././open"), "one"), 0);
	fails(open("/ends in a dot.", O_RDWR | O_CREAT, 0666), EINVAL);
	memset(name, 'a', sizeof(name));
	name[0] = '/';
	name[sizeof(name) - 1] = '\0';
	fails(open(name, O_RDONLY), ENAMETOOLONG);
	/* Attribute `descriptors`: 12, of which three are taken. */
	while (count < 16 && (fds[count] = open("/open", O_RDONLY)) >= 0) {
		count++;
	}
	expect_equal(errno, EMFILE);
	expect_equal(count, 9);
	while (count > 0) {
		expect_equal(close(fds[--count]), 0);
	}
	expect_equal(unlink("/open"), 0);
}

void
test_creat(void)
{
	int fd = creat("/creat", 0666);

	expect_equal(write(fd, "a", 1), 1);
	expect_equal(close(fd), 0);
	fd = creat("/creat", 0666);
	expect_equal(lseek(fd, 0, SEEK_END), 0);
	expect_equal(close(fd), 0);
	fails(creat("/rom", 0666), EISDIR);
	expect_equal(unlink("/creat"), 0);
}

void
test_close(void)
{
	int fd = open("/dev/null", O_RDWR);

	expect_equal(close(fd), 0);
	fails(close(fd), EBADF);
	fails(close(-1), EBADF);
	fails(close(1000), EBADF);
}

void
test_read(void)
{
	char text[64] = "";
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(read(fd, text, 9), 9);
	expect_equal(strcmp(text, "the first"), 0);
	expect_equal(read(fd, text, sizeof(text)), 36);
	expect_equal(read(fd, text, sizeof(text)), 0);
	expect_equal(close(fd), 0);
	fails(read(fd, text, 1), EBADF);
	fd = open("/dev/zero", O_RDONLY);
	fill(1);
	expect_equal(read(fd, large, sizeof(large)), LARGE);
	expect_equal(large[0] | large[LARGE - 1], 0);
	expect_equal(close(fd), 0);
	fd = open("/dev/null", O_WRONLY);
	fails(read(fd, text, 1), EBADF);
	expect_equal(close(fd), 0);
	fd = open("/", O_RDONLY);
	fails(read(fd, text, 1), EISDIR);
	expect_equal(close(fd), 0);
}

void
test_write(void)
{
	int fd = open("/write", O_RDWR | O_CREAT | O_TRUNC, 0666);

	fill(2);
	expect_equal(write(fd, large, sizeof(large)), LARGE);
	memset(large, 0, sizeof(large));
	expect_equal(lseek(fd, 0, SEEK_SET), 0);
	expect_equal(read(fd, large, sizeof(large)), LARGE);
	expect(is_filled(2));
	expect_equal(close(fd), 0);
	/* Behind the end there are zeros, also where something longer once was. */
	expect_equal(truncate("/write", 3), 0);
	fd = open("/write", O_RDWR);
	expect_equal(pwrite(fd, "end", 3, 9), 3);
	expect_equal(pread(fd, large, 12, 0), 12);
	expect_equal(memcmp(large + 3, "\0\0\0\0\0\0end", 9), 0);
	expect_equal(close(fd), 0);
	fd = open("/write", O_WRONLY | O_APPEND);
	expect_equal(lseek(fd, 0, SEEK_SET), 0);
	expect_equal(write(fd, "more", 4), 4);
	expect_equal(lseek(fd, 0, SEEK_CUR), 16);
	expect_equal(close(fd), 0);
	fd = open("/dev/full", O_WRONLY);
	fails(write(fd, "x", 1), ENOSPC);
	expect_equal(close(fd), 0);
	fd = open("/write", O_RDONLY);
	fails(write(fd, "x", 1), EBADF);
	expect_equal(close(fd), 0);
	expect_equal(unlink("/write"), 0);
}

void
test_pread(void)
{
	char text[6] = "";
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(pread(fd, text, 5, 4), 5);
	expect_equal(strcmp(text, "first"), 0);
	expect_equal(lseek(fd, 0, SEEK_CUR), 0);
	expect_equal(pread(fd, text, 5, 1000), 0);
	fails(pread(fd, text, 5, -1), EINVAL);
	expect_equal(close(fd), 0);
	fails(pread(1, text, 1, 0), ESPIPE);
}

void
test_pwrite(void)
{
	char text[8] = "";
	int fd = open("/pwrite", O_RDWR | O_CREAT | O_TRUNC, 0666);

	expect_equal(pwrite(fd, "world", 5, 2), 5);
	expect_equal(pwrite(fd, "o ", 2, 0), 2);
	expect_equal(lseek(fd, 0, SEEK_CUR), 0);
	expect_equal(read(fd, text, 7), 7);
	expect_equal(strcmp(text, "o world"), 0);
	fails(pwrite(fd, "x", 1, -1), EINVAL);
	expect_equal(close(fd), 0);
	expect_equal(unlink("/pwrite"), 0);
}

void
test_lseek(void)
{
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(lseek(fd, -5, SEEK_END), 40);
	expect_equal(lseek(fd, 2, SEEK_CUR), 42);
	fails(lseek(fd, -43, SEEK_CUR), EINVAL);
	fails(lseek(fd, 0, 77), EINVAL);
	expect_equal(lseek(fd, 0, SEEK_CUR), 42);
	expect_equal(lseek(fd, 100, SEEK_SET), 100);
	expect_equal(close(fd), 0);
	fails(lseek(1, 0, SEEK_SET), ESPIPE);
	fails(lseek(fd, 0, SEEK_SET), EBADF);
}

void
test_dup(void)
{
	char text[4] = "";
	int fd = open("/rom/text", O_RDONLY);
	int other = dup(fd);

	expect(other > fd);
	expect_equal(lseek(fd, 4, SEEK_SET), 4);
	expect_equal(close(fd), 0);
	expect_equal(read(other, text, 3), 3);
	expect_equal(strcmp(text, "fir"), 0);
	expect_equal(close(other), 0);
	fails(dup(other), EBADF);
}

void
test_dup2(void)
{
	int fd = open("/dup2", O_WRONLY | O_CREAT, 0666);
	int saved = dup(1);

	expect_equal(dup2(fd, 1), 1);
	expect_equal(dup2(fd, fd), fd);
	printf("to the file");
	fflush(stdout);
	expect_equal(dup2(saved, 1), 1);
	expect_equal(close(saved), 0);
	expect_equal(close(fd), 0);
	expect_equal(strcmp(posix_read("/dup2"), "to the file"), 0);
	fails(dup2(fd, 1), EBADF);
	fails(dup2(0, 100), EBADF);
	expect_equal(unlink("/dup2"), 0);
}

void
test_fcntl(void)
{
	int fd = open("/dev/null", O_WRONLY);
	int other = fcntl(fd, F_DUPFD, 7);

	expect_equal(other, 7);
	expect_equal(fcntl(other, F_GETFL) & O_ACCMODE, O_WRONLY);
	expect_equal(fcntl(other, F_SETFL, O_NONBLOCK), 0);
	expect((fcntl(fd, F_GETFL) & O_NONBLOCK) != 0);
	expect_equal(fcntl(other, F_GETFD), 0);
	expect_equal(fcntl(other, F_SETFD, FD_CLOEXEC), 0);
	expect_equal(fcntl(other, F_GETFD), FD_CLOEXEC);
	expect_equal(fcntl(fd, F_GETFD), 0);
	expect_equal(close(other), 0);
	fails(fcntl(fd, F_DUPFD, 1000), EINVAL);
	fails(fcntl(fd, 77), EINVAL);
	expect_equal(close(fd), 0);
	fails(fcntl(fd, F_GETFD), EBADF);
}

void
test_ftruncate(void)
{
	struct stat status;
	int fd = open("/ftruncate", O_RDWR | O_CREAT | O_TRUNC, 0666);

	expect_equal(write(fd, "12345", 5), 5);
	expect_equal(ftruncate(fd, 2), 0);
	expect_equal(ftruncate(fd, 1000000), 0); /* a hole costs nothing */
	expect_equal(fstat(fd, &status), 0);
	expect_equal(status.st_size, 1000000);
	expect_equal(pread(fd, large, 5, 0), 5);
	expect_equal(memcmp(large, "12\0\0\0", 5), 0);
	fails(ftruncate(fd, -1), EINVAL);
	expect_equal(close(fd), 0);
	fails(ftruncate(1, 0), EINVAL);
	expect_equal(unlink("/ftruncate"), 0);
}

void
test_truncate(void)
{
	expect(posix_write("/truncate", "12345"));
	expect_equal(truncate("/truncate", 3), 0);
	expect_equal(strcmp(posix_read("/truncate"), "123"), 0);
	fails(truncate("/absent", 3), ENOENT);
	fails(truncate("/rom", 3), EISDIR);
	expect_equal(unlink("/truncate"), 0);
}

void
test_fsync(void)
{
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(fsync(fd), 0);
	expect_equal(close(fd), 0);
	fails(fsync(fd), EBADF);
	fails(fsync(1), EINVAL);
}

void
test_fdatasync(void)
{
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(fdatasync(fd), 0);
	expect_equal(close(fd), 0);
	fails(fdatasync(fd), EBADF);
}

void
test_fstat(void)
{
	struct stat status;
	int fd = open("/rom/text", O_RDONLY);

	expect_equal(fstat(fd, &status), 0);
	expect(S_ISREG(status.st_mode));
	expect_equal(status.st_size, 45);
	expect_equal(close(fd), 0);
	fails(fstat(fd, &status), EBADF);
	expect_equal(fstat(1, &status), 0);
	expect(S_ISCHR(status.st_mode));
}

void
test_isatty(void)
{
	int fd = open("/dev/null", O_RDONLY);

	expect_equal(isatty(0), 1);
	errno = 0;
	expect_equal(isatty(fd), 0);
	expect_equal(errno, ENOTTY);
	posix_saw(errno);
	expect_equal(close(fd), 0);
	errno = 0;
	expect_equal(isatty(fd), 0);
	expect_equal(errno, EBADF);
	fd = open("/dev/tty", O_RDWR);
	expect_equal(isatty(fd), 1);
	expect_equal(close(fd), 0);
}
