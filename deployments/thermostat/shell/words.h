/* SPDX-License-Identifier: 0BSD */
/* What all commands say the same way. */
#ifndef SHELL_WORDS_H
#define SHELL_WORDS_H

#include <stdint.h>

#define TRIES 3 /* E_RESTARTED comes once for each restart */

/* A status code in words. */
const char *status_text(uint32_t status);

#endif
