/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory from the account, and copies of files in it. */
#ifndef GATEHOUSE_SYS_MMAN_H
#define GATEHOUSE_SYS_MMAN_H

#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PROT_NONE  0
#define PROT_READ  1
#define PROT_WRITE 2
#define PROT_EXEC  4

#define MAP_SHARED    0x01
#define MAP_PRIVATE   0x02
#define MAP_FIXED     0x10
#define MAP_ANONYMOUS 0x20
#define MAP_ANON      MAP_ANONYMOUS
#define MAP_FAILED    ((void *)-1)

/* Returns memory of at least `bytes`, MAP_FAILED with errno. See docs/posix.md for what of it there
 * is. */
void *mmap(void *wanted, size_t bytes, int protection, int flags, int fd, off_t offset);
int munmap(void *memory, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
