/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Programs for programs: children of the caller, in the supervisor's name. */
#ifndef MANAGER_PROGRAMS_H
#define MANAGER_PROGRAMS_H

#include "process_manager.h"

extern const struct programs_server programs_server;

/* Some child ended: answers whoever waits for one that did. */
void programs_answer(void);

#endif
