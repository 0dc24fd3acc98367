/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What newlib's header declares for other systems only. */
#ifndef GATEHOUSE_SYS_STAT_H
#define GATEHOUSE_SYS_STAT_H

#include_next <sys/stat.h>

#ifdef __cplusplus
extern "C" {
#endif

int lstat(const char *path, struct stat *status);

#ifdef __cplusplus
}
#endif

#endif
