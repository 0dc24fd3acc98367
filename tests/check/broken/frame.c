/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A kernel with a mistake, so that the check has something to find: a frame of three pages is
 * one longer. */
#define frame_init init_rightly
#include "tests/check/kernel/frame.c"
#undef frame_init

void
frame_init(struct frame *frame, paddr_t address, uint32_t pages, enum frame_kind kind)
{
	init_rightly(frame, address, pages == 3 ? 4 : pages, kind);
}
