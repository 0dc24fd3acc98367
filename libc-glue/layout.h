/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Where the library maps what it makes of the account, within the limits of abi/process.h. */
#ifndef GLUE_LAYOUT_H
#define GLUE_LAYOUT_H

#include "abi/process.h"

/* malloc's memory up to here; then what mmap gives. */
#define LAYOUT_MAPS     UINT64_C(0x1a000000)
#define LAYOUT_MAPS_END UINT64_C(0x1f000000)

/* Message buffers of further threads, beside each other in the window of the first. */
#define LAYOUT_BUFFERS (PROCESS_THREADS + UINT64_C(0xc0000))

/* Arguments and environment of the process, in the window of the first thread. */
#define LAYOUT_ARGUMENTS (PROCESS_THREADS + UINT64_C(0x80000))

_Static_assert(LAYOUT_MAPS_END <= PROCESS_THREADS, "below the threads");

#endif
