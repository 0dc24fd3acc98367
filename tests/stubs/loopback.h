/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the parts of the loopback test know of each other. */
#ifndef STUBS_LOOPBACK_H
#define STUBS_LOOPBACK_H

#include <stdint.h>

#include "gen/data.h"

/* If not 0: how long the next request, and the next answer, really is: as whoever was built before
 * its last fields were there sends it. */
extern uint32_t cut_request_to;
extern uint32_t cut_answer_to;

extern const struct data_server data_server;

void test_data(void);

#endif
