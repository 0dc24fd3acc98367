/* SPDX-License-Identifier: 0BSD */
/* How often all commands ask. */
#ifndef SHELL_WORDS_H
#define SHELL_WORDS_H

#define TRIES 3 /* E_RESTARTED comes once for each restart */

#endif
