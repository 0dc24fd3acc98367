/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's frame.c; an account may say that it has no page for tables. */
#include "kernel/untyped.h"
#include "tests/check/scarce.h"

#define untyped_free_pages(account) (scarce_refuses() ? 0 : untyped_free_pages(account))
#include "kernel/frame.c"
