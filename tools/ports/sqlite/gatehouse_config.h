/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How SQLite is built here: one thread, files without locks (a database in `ram` has one client),
 * and without what a process of Gatehouse does not have: users, links, modes, other programs. */
#ifndef GATEHOUSE_CONFIG_H
#define GATEHOUSE_CONFIG_H

#include "include/sys/ioctl.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define SQLITE_THREADSAFE            0
#define SQLITE_OMIT_LOAD_EXTENSION   1
#define SQLITE_OMIT_WAL              1 /* it wants shared memory */
#define SQLITE_DEFAULT_MEMSTATUS     0
#define SQLITE_TEMP_STORE            2 /* in memory */
#define SQLITE_MAX_MMAP_SIZE         0
#define SQLITE_DEFAULT_UNIX_VFS      "unix-none"
#define SQLITE_OMIT_POPEN            1
#define SQLITE_NOHAVE_SYSTEM         1
#define SQLITE_ENABLE_MATH_FUNCTIONS 1

static inline int
absent(void)
{
	errno = ENOSYS;
	return -1;
}

static inline int
absent_chmod(const char *path, mode_t mode)
{
	(void)path;
	(void)mode;
	return absent();
}

static inline int
absent_fchmod(int fd, mode_t mode)
{
	(void)fd;
	(void)mode;
	return absent();
}

static inline int
absent_fchown(int fd, uid_t user, gid_t group)
{
	(void)fd;
	(void)user;
	(void)group;
	return absent();
}

/* Nothing is a link. */
static inline ssize_t
absent_readlink(const char *path, char *target, size_t bytes)
{
	(void)path;
	(void)target;
	(void)bytes;
	errno = EINVAL;
	return -1;
}

static inline int
absent_symlink(const char *target, const char *path)
{
	(void)target;
	(void)path;
	return absent();
}

static inline int
absent_utimes(const char *path, const struct timeval *times)
{
	(void)path;
	(void)times;
	return absent();
}

/* `.timer` shows elapsed time only. */
static inline int
absent_getrusage(int who, struct rusage *usage)
{
	(void)who;
	memset(usage, 0, sizeof(*usage));
	return 0;
}

static inline uid_t
nobody(void)
{
	return 1; /* not the one who may give files away */
}

static inline struct passwd *
absent_getpwuid(uid_t user)
{
	(void)user;
	return NULL;
}

#define chmod     absent_chmod
#define fchmod    absent_fchmod
#define fchown    absent_fchown
#define readlink  absent_readlink
#define symlink   absent_symlink
#define utimes    absent_utimes
#define getrusage absent_getrusage
#define getuid    nobody
#define geteuid   nobody
#define getpwuid  absent_getpwuid

#endif
