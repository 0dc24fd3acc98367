/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The limits of the kernel. */
#ifndef KERNEL_CONFIG_H
#define KERNEL_CONFIG_H

#include "abi/abi.h"
#include "abi/system.h"

#define PRIORITIES       32                 /* 0 lowest */
#define SLOTS_MAX        4096u              /* of a process: what a handle can name */
#define THREADS_MAX      SYSTEM_THREADS_MAX /* of a process: who comes or goes looks at all */
#define INIT_SLOTS       256u               /* of init, at least; a power of two */
#define INIT_SLOTS_EACH  16u                /* for each instance that it makes */
#define INIT_PRIORITY    (PRIORITIES - 1)
#define INIT_STACK_PAGES 4u
#define FRAME_PAGES_MAX  1024u              /* 4 MiB: bounds clearing and mapping */
#define AUDIT_RECORDS    16u                /* of each instance; power of two */
#define SLICE_NS         UINT64_C(10000000) /* turn of a thread among its equals */

/* What is done between two looks for interrupts (irq.masked in `make bench`). */
#define CLEAR_PAGES    2u             /* zeroed */
#define MAP_PAGES      32u            /* mapped or unmapped */
#define SEAL_PAGES     8u             /* made visible to instruction fetch */
#define RUN_STEPS      4u             /* slots of init that are judged anew at the end of boot */
#define LEAVE_STEPS    64u            /* slots that move up a level */
#define DRAIN_SLOTS    64u            /* looked at for a capability */
#define FORGET_STEPS   64u            /* instances whose supervisor may have ended */
#define SEEK_LOGS      64u            /* looked at for the oldest record */
#define SUM_METHODS    32u            /* of an edge, whose counts are added up */
#define STALE_SLOTS    64u            /* of clients whose server is a new one */
#define EXPIRE_REST_NS UINT64_C(5000) /* until those follow whose time is over, too */

#define EDGES_FOUND 32u /* edges that are tried before they are searched */
#define DEVICES_MAX 16u

_Static_assert(PRIORITIES <= 32, "the ready map is one word");
_Static_assert(SLOTS_MAX <= HANDLE_INDEX_MASK + 1, "a handle names every slot");
_Static_assert((AUDIT_RECORDS & (AUDIT_RECORDS - 1)) == 0, "ring index is masked");

#endif
