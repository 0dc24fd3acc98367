/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the end of a thread does with its pthread keys. */
#ifndef GLUE_KEY_H
#define GLUE_KEY_H

/* Calls the destructors of the calling thread's values. */
void glue_key_run_destructors(void);

#endif
