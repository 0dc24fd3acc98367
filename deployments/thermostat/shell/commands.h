/* SPDX-License-Identifier: 0BSD */
/* The commands of the demonstration's shell. */
#ifndef SHELL_COMMANDS_H
#define SHELL_COMMANDS_H

struct command {
	const char *name;
	const char *argument; /* as help shows it, "" if there is none */
	const char *help;
	void (*run)(const char *argument);
};

/* Ended by an entry whose name is NULL. */
extern const struct command commands[];

#endif
