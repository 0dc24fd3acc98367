/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Limits as this system has them, in place of newlib's. */
#ifndef GATEHOUSE_SYS_SYSLIMITS_H
#define GATEHOUSE_SYS_SYSLIMITS_H

#include_next <sys/syslimits.h>

#undef NAME_MAX
#undef OPEN_MAX
#undef PATH_MAX
#undef PIPE_BUF
#define NAME_MAX 63
#define OPEN_MAX 64
#define PATH_MAX 256
#define PIPE_BUF 4096

#endif
