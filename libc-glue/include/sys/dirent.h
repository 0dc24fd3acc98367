/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Folders, entry by entry: what newlib's <dirent.h> leaves to the system. `.` and `..` are no
 * entries. */
#ifndef GATEHOUSE_SYS_DIRENT_H
#define GATEHOUSE_SYS_DIRENT_H

#include <sys/syslimits.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DT_UNKNOWN 0
#define DT_CHR     2
#define DT_DIR     4
#define DT_REG     8

struct dirent {
	ino_t d_ino;
	unsigned char d_type;
	char d_name[NAME_MAX + 1];
};

/* POSIX wants a type; its fields are the library's. */
#define DIR struct glue_dir

DIR *opendir(const char *path);
DIR *fdopendir(int fd);
struct dirent *readdir(DIR *dir);
int closedir(DIR *dir);
int dirfd(DIR *dir);
void rewinddir(DIR *dir);
long telldir(DIR *dir);
void seekdir(DIR *dir, long position);

#ifdef __cplusplus
}
#endif

#endif
