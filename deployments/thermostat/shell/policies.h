/* SPDX-License-Identifier: 0BSD */
/* The commands about the image's policies, if the product has a keeper. */
#ifndef SHELL_POLICIES_H
#define SHELL_POLICIES_H

/* list; load NAME [SECONDS]; confirm; revert. Each says what came of it. */
void policies_command(const char *words);

#endif
