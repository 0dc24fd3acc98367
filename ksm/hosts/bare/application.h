/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Of whoever makes an image: which tasks there are. */
#ifndef KSM_HOSTS_BARE_APPLICATION_H
#define KSM_HOSTS_BARE_APPLICATION_H

#include <stdbool.h>

/* Adds the tasks (task_add). False: one cannot be. */
bool application_start(void);

#endif
