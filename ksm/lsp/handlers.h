/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* handlers.h: the functions of methods.def: each takes one message. */
#ifndef LSP_HANDLERS_H
#define LSP_HANDLERS_H

struct call;

/* life.c: beginning and end. */
void life_initialize(struct call *c);
void life_nothing(struct call *c);
void life_shutdown(struct call *c);
void life_exit(struct call *c);

/* sync.c: what stands in the editor; each sends what gate finds in it. */
void sync_open(struct call *c);
void sync_change(struct call *c);
void sync_close(struct call *c);
void sync_save(struct call *c);

/* complete.c */
void complete_answer(struct call *c);

/* hover.c */
void hover_answer(struct call *c);

/* find.c: these answer null where no name stands. */
void find_definition(struct call *c);
void find_references(struct call *c);
void find_prepare(struct call *c);
void find_rename(struct call *c);

/* format.c */
void format_answer(struct call *c);

#endif
