/* SPDX-License-Identifier: 0BSD */
/* What Tab makes of a word: commands, classes, processes, files. */
#ifndef SHELL_COMPLETE_H
#define SHELL_COMPLETE_H

#include <stdbool.h>
#include <stddef.h>

/* Completes the word before `*at` in a line of `capacity` bytes with its NUL, as far as only one
 * way leads, and moves `*at` behind it. Where several ways lead and nothing could be added, it
 * prints them. Returns whether it printed. */
bool complete(char *line, size_t capacity, size_t *at);

#endif
