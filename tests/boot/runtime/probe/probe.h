/* SPDX-License-Identifier: 0BSD */
/* One check, and the groups of them. */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>

/* Counts a check; a line on the screen if it failed. */
void check_at(bool is_good, const char *what, const char *file, int line);

#define CHECK(condition) check_at((condition), #condition, __FILE__, __LINE__)

void check_memory(void);
void check_threads(void);
void check_locks(void);
void check_time(void);
void check_deaths(void);

#endif
