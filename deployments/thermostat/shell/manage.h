/* SPDX-License-Identifier: 0BSD */
/* The commands that start and end processes: the manager is asked, the policy has the last word. */
#ifndef SHELL_MANAGE_H
#define SHELL_MANAGE_H

#include <stdbool.h>

/* Whether it is known that a process of that name does not run. */
bool manage_is_stopped(const char *name);

/* A line for each process whose start failed: at what, and why. */
void manage_tell_stopped(void);

/* The commands; each says what came of it. */
void manage_start(const char *name);
void manage_stop(const char *name);
void manage_restart(const char *name);
void manage_kill(const char *name);

#endif
