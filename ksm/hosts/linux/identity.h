/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Who may be which instance: the host file. One line each, `#` begins a comment:
 *
 *     instance NAME uid USER [exe PATH]
 *
 * USER is a name, a number or `self` (who runs the broker). The user is the border: processes of
 * one user can do to each other what they like. PATH only keeps honest programs apart.
 */
#ifndef KSM_HOSTS_LINUX_IDENTITY_H
#define KSM_HOSTS_LINUX_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Reads the file at `path`. Requires system_open. Prints what is wrong, with its line, and returns
 * false then. */
bool identity_read(const char *path);

/* Whether the file has a line for the member. */
bool identity_is_known(uint32_t member);
uid_t identity_user(uint32_t member);

/* Whether a process may be the member. Returns NULL, or a sentence that says why not. */
const char *identity_check(uint32_t member, uid_t user, pid_t process);

#endif
