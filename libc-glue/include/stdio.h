/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What newlib's header does not declare. */
#ifndef GATEHOUSE_STDIO_H
#define GATEHOUSE_STDIO_H

#include_next <stdio.h>

#if __POSIX_VISIBLE >= 200809
#ifdef __cplusplus
extern "C" {
#endif

ssize_t getdelim(char **__restrict line, size_t *__restrict room, int end, FILE *__restrict file);
ssize_t getline(char **__restrict line, size_t *__restrict room, FILE *__restrict file);

#ifdef __cplusplus
}
#endif
#endif

#endif
