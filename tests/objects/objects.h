/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the parts of the test share. */
#ifndef OBJECTS_OBJECTS_H
#define OBJECTS_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/abi.h"
#include "abi/process.h"

#define THINGS       48u
#define COPIES       3u
#define KINDS        9u /* one more than the last that can be made */
#define LABEL_SERVER 3  /* instances in start order */
#define LABEL_CLIENT 4

#define HANDLE_AUDIT HANDLE_INITIAL(BOOT_SLOT_AUDIT)
#define HANDLE_UART  HANDLE_INITIAL(BOOT_SLOT_DEVICES)
#define HANDLE_RTC   HANDLE_INITIAL(BOOT_SLOT_DEVICES + 2)

/* An object that lives. */
struct thing {
	uint8_t kind; /* KIND_NONE: nothing */
	uint8_t arena;
	uint8_t instance; /* of a process that is configured; of a thread: its process's thing */
	bool is_used;
	uint32_t handle;
	uint32_t copies[COPIES];
	uint32_t given; /* of a process: capabilities that it has */
};

extern struct thing things[THINGS];

/* A number below the limit, from the seed. */
uint32_t below(uint32_t limit);

/* A living thing of the kind, or NULL. */
struct thing *any_of(enum object_kind kind);

/* Every copy of it was taken back: its handle must name nothing. */
void copies_gone(struct thing *thing);

/* Uses one as its kind is used. */
void use(struct thing *thing);

/* The program that fills processes: once, before all else. */
void process_prepare(uint32_t memory);
/* Makes a process one of the two instances, if that is free, with its program; runs threads of it
 * that call, serve, wait, fault, end. */
void process_use(struct thing *thing);
void thread_use(struct thing *thing);
/* The process that was this instance is no more. */
void process_gone(const struct thing *thing);

/* Modes of worker.c, in its argument: mode | slot << 8. */
enum worker_mode {
	WORKER_EXIT,
	WORKER_CALL,  /* the endpoint of the slot */
	WORKER_SERVE, /* there */
	WORKER_HOLD,  /* there, and keeps the caller with the reply object in the next slot */
	WORKER_WAIT,  /* for the notification of the slot */
	WORKER_FAULT,
	WORKER_SPIN,
	WORKER_MODES
};

#endif
