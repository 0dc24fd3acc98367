/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Memory out of the process's own account. */
#ifndef GLUE_ACCOUNT_H
#define GLUE_ACCOUNT_H

#include <stdint.h>

/* Makes a frame of `pages` zeroed pages and maps it readable and writable at vaddr. There is no way
 * back: frames of the account are kept and reused. Returns an E_ status, E_MEMORY when the account
 * is used up. */
uint32_t glue_account_map(uint64_t vaddr, uint32_t pages);

/* The same for any number of bytes, a multiple of a page, as several frames. Returns how many were
 * mapped: fewer when the account is used up. */
uint64_t glue_account_map_range(uint64_t vaddr, uint64_t bytes);

/* Makes a thread object; a notification. Return an E_ status. */
uint32_t glue_account_thread(uint32_t *handle);
uint32_t glue_account_notification(uint32_t *handle);

#endif
