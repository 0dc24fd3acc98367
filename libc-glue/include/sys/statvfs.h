/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How much a service of files has, and has left. */
#ifndef GATEHOUSE_SYS_STATVFS_H
#define GATEHOUSE_SYS_STATVFS_H

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ST_RDONLY 1
#define ST_NOSUID 2

struct statvfs {
	unsigned long f_bsize;
	unsigned long f_frsize;
	unsigned long f_blocks; /* of f_frsize bytes, as are those below */
	unsigned long f_bfree;
	unsigned long f_bavail; /* what this process may use, at most what is free */
	unsigned long f_files;
	unsigned long f_ffree;
	unsigned long f_favail;
	unsigned long f_fsid;
	unsigned long f_flag;
	unsigned long f_namemax;
};

/* Each returns 0, or -1 with errno. */
int statvfs(const char *path, struct statvfs *status);
int fstatvfs(int fd, struct statvfs *status);

#ifdef __cplusplus
}
#endif

#endif
