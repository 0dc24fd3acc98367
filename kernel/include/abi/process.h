/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a process finds when it starts: addresses, and the page that init fills for it. */
#ifndef ABI_PROCESS_H
#define ABI_PROCESS_H

#include <stdint.h>

/*
 * The lowest GiB is laid out the same way on both architectures. The first stack, the buffer and
 * the information stand in the 2 MiB of the text: a small process needs one page table. The stack
 * begins below the buffer, in the same page, and goes on in frames that end at PROCESS_STACK; below
 * them is a guard page. The information stands in the buffer if it fits there, else in a page.
 */
#define PROCESS_STACK UINT64_C(0x0040c000)
#define PROCESS_BUFFER                                                                             \
	UINT64_C(0x0040cc00) /* message buffer of the first thread: sp at its start */
#define PROCESS_INFO    UINT64_C(0x0040e000) /* struct process_info, read-only */
#define PROCESS_TEXT    UINT64_C(0x00410000) /* program.ld: text, then data */
#define PROCESS_HEAP    UINT64_C(0x10000000) /* where libc maps what it retypes */
#define PROCESS_THREADS UINT64_C(0x20000000) /* stacks and buffers of further threads */
#define PROCESS_TP      UINT64_C(0x20000800) /* first thread's: libc maps a frame around it */
#define PROCESS_DEVICES UINT64_C(0x30000000) /* where drivers map registers and blobs */
#define PROCESS_TOP     UINT64_C(0x40000000)

#define PROCESS_INFO_MAGIC UINT32_C(0x4f464e49) /* "INFO" */

struct process_info {
	uint32_t magic;
	uint32_t version; /* 1 */
	uint16_t label;
	uint16_t instance;
	uint32_t incarnation; /* 1 at the first start */
	uint32_t account_bytes;
	uint32_t stack_bytes;   /* of the first thread */
	uint32_t device_bytes;  /* length of the policy frame, if the class has one; else 0 */
	uint32_t system_offset; /* where the system blob starts in the policy frame */
	char name[32];          /* of the instance */
	char class_name[32];
	uint8_t priority; /* of its threads */
	uint8_t reserved_byte;
	uint16_t resource_label; /* of its first resource; those of the others follow */
	uint16_t words_offset;   /* in attributes, behind their end; 0: nobody said any */
	uint16_t words_bytes;
	uint8_t reserved[8];
	/* "key=value" strings, each NUL-terminated; an empty one ends them. Then the words. */
	char attributes[4096 - 112];
};

_Static_assert(sizeof(struct process_info) == 4096, "ABI");

/*
 * What somebody gives a program when it starts it, in place of attributes `args` and `env`:
 * NUL-terminated strings, each behind a letter that says what it is, in this order. Whoever starts
 * it may lie: who reads them checks them.
 */
#define WORDS_BYTES_MAX 3072u
#define WORD_FOLDER     'd' /* where it begins: a name in its own tree */
#define WORD_ARGUMENT   'a'
#define WORD_SETTING    'e' /* of its environment, NAME=VALUE */
#define WORD_OPEN       'o' /* "FD FLAGS NAME": its descriptor becomes this file, by its own rights */
#define WORD_SAME       's' /* "FD FROM": its descriptor becomes what another is */
#define WORD_CLOSE      'c' /* "FD" */

/* An incarnation of an instance has a number that no other has had for a long time; it is positive
 * as an int. */
#define PROCESS_ID_STARTS_SHIFT 9
static inline uint32_t
process_id(uint16_t instance, uint32_t incarnation)
{
	return instance | ((incarnation - 1) << PROCESS_ID_STARTS_SHIFT & UINT32_C(0x7fffffff));
}

/* What init finds at PROCESS_INFO instead: handles of its own table, from slot 1 on, without a gap:
 * process, account (free memory behind the bundle), endpoint (manage, receive), notification,
 * thread, reply, a second untyped (what the kernel leaves of the memory below the bundle), bundle
 * frame (read-only, mapped at BOOT_BUNDLE), audit, power, trace, policy, then a frame and an irq
 * for each board device in order (a device without irq has an empty slot). */
#define BOOT_INFO_MAGIC   UINT32_C(0x544f4f42) /* "BOOT" */
#define BOOT_BUNDLE       PROCESS_DEVICES
#define BOOT_SLOT_REST    7
#define BOOT_SLOT_BUNDLE  8
#define BOOT_SLOT_AUDIT   9
#define BOOT_SLOT_POWER   10
#define BOOT_SLOT_TRACE   11
#define BOOT_SLOT_POLICY  12
#define BOOT_SLOT_DEVICES 13 /* frame of device n: + 2 n; irq: + 2 n + 1 */

struct boot_info {
	uint32_t magic;
	uint32_t version; /* 1 */
	uint32_t bundle_bytes;
	uint32_t device_count;
	uint64_t ram_bytes;
	uint64_t free_bytes;
};

#endif
