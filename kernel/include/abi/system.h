/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The system blob: who runs, with what. Written by `gate build`, digested with the policy, read by
 * init. Little-endian, position-independent, offsets from the start of the blob, all reserved bytes
 * 0.
 */
#ifndef ABI_SYSTEM_H
#define ABI_SYSTEM_H

#include <stdint.h>

#define SYSTEM_MAGIC   UINT32_C(0x53594847) /* "GHYS" */
#define SYSTEM_VERSION 2

/* Room that own_bytes has for objects of the kernel, at least their sizes on any machine. */
#define SYSTEM_PROCESS_BYTES 512u  /* without slots, of 32 bytes each */
#define SYSTEM_THREAD_BYTES  2560u /* with all that it may take but its buffer's page */
#define SYSTEM_SMALL_BYTES   64u   /* untyped, frame, reply */
/* Threads: what a further one takes of an account at least, with its message buffer; and how many a
 * process can have. Who can wait at an endpoint follows from them. */
#define SYSTEM_THREAD_LEAST 1536u
#define SYSTEM_THREADS_MAX  128u
/* Address space behind one page of page table, at least. */
#define SYSTEM_TABLE_SPAN UINT32_C(0x200000)

struct system_header {
	uint32_t magic;
	uint32_t version;
	uint32_t length_bytes;
	uint32_t instance_count;
	uint32_t instances; /* offset of struct system_instance[] in start order */
	uint32_t capability_count;
	uint32_t capabilities; /* offset of struct system_capability[] */
	uint32_t strings;      /* offset of NUL-terminated strings */
	uint32_t strings_bytes;
	uint32_t restarts; /* offset of struct system_restart[], one for each instance */
	uint32_t group_count;
	uint32_t groups;        /* offset of struct system_group[]; behind it their members' list */
	uint8_t abi_digest[32]; /* SHA-256 of all interfaces; the policy blob has the same */
};

struct system_instance {
	uint32_t name; /* offset into strings */
	uint32_t class_name;
	uint32_t program;    /* name of its program in the archive, offset into strings */
	uint32_t attributes; /* "key=value" lines for the program, offset into strings */
	uint16_t label;
	uint16_t instance; /* number, counted from 0 = init */
	uint8_t priority;
	uint8_t is_timeless;    /* it is told no time: 1 */
	uint16_t slots;         /* size of its table, power of two */
	uint32_t account_bytes; /* page multiple: what it may retype itself (heap, threads) */
	uint32_t own_bytes;     /* page multiple: process, thread, tables, program, stack */
	uint32_t stack_bytes;
	uint32_t first_capability; /* index */
	uint32_t capability_count;
	uint32_t budget_us;  /* CPU time in each period; 0: as much as there is */
	uint32_t period_us;  /* 0 if budget_us is */
	uint32_t reserve_us; /* kernel/core.gate, Process.budget */
	uint16_t template; /* instance number of the first of its template; 0: it starts at boot */
	uint16_t resource_label; /* of its first resource, those of the others follow; 0: it has
				    none */
};

enum system_restart_mode {
	SYSTEM_RESTART_NEVER = 0,
	SYSTEM_RESTART_ALWAYS = 1,
	SYSTEM_RESTART_FAILURE = 2 /* not after an exit with code 0 */
};

/* What happens when `limit` restarts within `period_ms` were not enough. */
enum system_step {
	SYSTEM_STEP_STOP = 0,  /* it stays dead */
	SYSTEM_STEP_GROUP = 1, /* all of group `group` is restarted */
	SYSTEM_STEP_SAFE = 2,  /* all but group `group` is stopped */
	SYSTEM_STEP_RESET = 3  /* the machine starts anew */
};

/* Delays grow tenfold from after_ms to after_most_ms. */
struct system_restart {
	uint8_t mode;  /* enum system_restart_mode; of a group: always */
	uint8_t limit; /* restarts within period_ms; 0: no limit */
	uint8_t step;  /* enum system_step */
	uint8_t reserved;
	uint16_t group; /* index, for GROUP and SAFE; else 0 */
	uint16_t reserved_half;
	uint32_t after_ms;
	uint32_t after_most_ms;
	uint32_t period_ms; /* who lived that long has no restarts behind it any more */
};

/* Members are indexes of instances, in start order, at first_member of the uint16_t list. */
struct system_group {
	uint32_t name;
	uint16_t first_member;
	uint16_t member_count;
	struct system_restart restart;
};

#define SYSTEM_TARGET_INIT UINT16_MAX

enum system_capability_kind {
	SYSTEM_CLIENT = 1, /* send right to the endpoint of instance `target`, or of init */
	SYSTEM_SIGNAL =
		2, /* signal right to the notification of instance `target`, badge = its bits */
	SYSTEM_FRAME = 3,  /* registers of board device `target` */
	SYSTEM_IRQ = 4,    /* interrupt of board device `target` */
	SYSTEM_POLICY = 5, /* policy and system blob, read-only frame */
	SYSTEM_AUDIT = 6,
	SYSTEM_POWER = 7,
	SYSTEM_TRACE = 8,
	SYSTEM_SWAP = 9 /* chooses which policy is in force */
};

/* The n-th is placed in slot HANDLE_FIRST_INDEX + n of the instance's table. */
struct system_capability {
	uint8_t kind;
	uint8_t rights;
	uint16_t target; /* index of an instance or of a board device */
	uint16_t label;
	uint16_t interface;
	uint32_t badge; /* client: index of the interface among the server's `gives` << 24 */
};

_Static_assert(sizeof(struct system_header) == 80, "ABI");
_Static_assert(sizeof(struct system_instance) == 60, "ABI");
_Static_assert(sizeof(struct system_capability) == 12, "ABI");
_Static_assert(sizeof(struct system_restart) == 20, "ABI");
_Static_assert(sizeof(struct system_group) == 28, "ABI");

#endif
