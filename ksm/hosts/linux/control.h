/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What whoever runs the broker may ask it: a packet of words, answered by a packet of text, whose
 * first byte says whether it went well (`+`) or not (`-`).
 */
#ifndef KSM_HOSTS_LINUX_CONTROL_H
#define KSM_HOSTS_LINUX_CONTROL_H

/* Takes a connection at the listening socket. Returns it, for control_serve when it can be read, or
 * -1. The one before is closed: there is one at a time. */
int control_accept(int listener);

/* Reads the request, answers, closes. */
void control_serve(void);

/* The other side: sends the words to the broker of a folder and prints its answer. Returns the exit
 * code. */
int control_ask(const char *folder, int count, char **words);

#endif
