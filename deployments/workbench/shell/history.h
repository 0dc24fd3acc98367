/* SPDX-License-Identifier: 0BSD */
/* Lines that were typed before. */
#ifndef SHELL_HISTORY_H
#define SHELL_HISTORY_H

#define HISTORY_BYTES 256 /* of a line, the NUL included */

/* Keeps a line; an empty one, and one like the last, is not kept. The oldest goes. */
void history_add(const char *line);

/* A new line begins: what is typed now is behind the newest. */
void history_begin(void);

/* The line before the present one, or after it; `typed` is what stands there now and comes back on
 * the way down. NULL: there is none. */
const char *history_up(const char *typed);
const char *history_down(void);

#endif
