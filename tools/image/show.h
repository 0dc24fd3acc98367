/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Prints what an image consists of. */
#ifndef IMAGE_SHOW_H
#define IMAGE_SHOW_H

#include <stdio.h>

struct bundle;

/* One line for the kernel, the header and each section, then one for each program. */
void show_bundle(FILE *out, const struct bundle *bundle);

#endif
