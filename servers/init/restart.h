/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* When something that died is started again, and when that is no help any more. */
#ifndef INIT_RESTART_H
#define INIT_RESTART_H

#include <stdbool.h>
#include <stdint.h>

struct system_restart;

/* What is remembered of restarts; all zero: there was none. */
struct restart_row {
	uint64_t since_ns;     /* the first of those that count */
	uint64_t restarted_ns; /* the last one */
	uint32_t count;
	uint32_t delay_ms; /* of the last one */
};

/*
 * One more death, now. Returns whether a restart may help, and then when it is due. Restarts count
 * from the first one on for a period; the delay is tenfold that of the one before, up to the most,
 * and the first delay again for who lived a period.
 */
bool restart_again(const struct system_restart *policy, struct restart_row *row, uint64_t now_ns,
	uint64_t *due_ns);

#endif
