/* SPDX-License-Identifier: 0BSD */
/* The commands of the workbench's shell. Each gets its words as main would, and returns 0 or 1. */
#ifndef SHELL_COMMANDS_H
#define SHELL_COMMANDS_H

#include <stdint.h>

struct command {
	const char *name;
	const char *arguments; /* as help shows them */
	const char *help;
	int least; /* words behind the name */
	int most;
	int (*run)(int count, char **words);
};

extern const struct command commands[]; /* the last has no name */

/* What a word names, or NULL. */
const struct command *command_find(const char *name);

/* Says that something about a file failed, as errno has it. Returns 1. */
int command_failed(const char *what);

#define INSTANCE_NAME_BYTES 32

struct instance {
	char name[INSTANCE_NAME_BYTES]; /* without a NUL */
	uint32_t name_bytes;
	uint16_t place; /* in its template, from 1; 0: it is of none */
};

/*
 * What the manager says of the number-th instance, from 1. It is asked again if it was restarted.
 * Returns E_OK; SUPERVISOR_ERROR_ABSENT: there are not so many; else why nobody knows.
 */
uint32_t instance_look(uint16_t number, struct instance *out);

/* Prints which rule denied what the shell was denied last. Returns 0, or 1 if nobody knows. */
int explain_newest(void);

/* The line whose command runs: where the output of programs goes. Valid until the next one. */
struct line;
void programs_line(const struct line *line);

/* Says of programs in the background that ended. */
void programs_reap(void);

/* look.c, change.c, processes.c, programs.c */
int run_ls(int count, char **words);
int run_cat(int count, char **words);
int run_hexdump(int count, char **words);
int run_df(int count, char **words);
int run_mount(int count, char **words);
int run_pwd(int count, char **words);
int run_cd(int count, char **words);
int run_echo(int count, char **words);
int run_cp(int count, char **words);
int run_mv(int count, char **words);
int run_rm(int count, char **words);
int run_mkdir(int count, char **words);
int run_rmdir(int count, char **words);
int run_ps(int count, char **words);
int run_top(int count, char **words);
int run_log(int count, char **words);
int run_why(int count, char **words);
int run_start(int count, char **words);
int run_stop(int count, char **words);
int run_kill(int count, char **words);
int run_restart(int count, char **words);
int run_run(int count, char **words);

#endif
