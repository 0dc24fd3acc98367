/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* main.c: psl-oracle NAMES FILE.psl...: tests of Gate on stdout. */
#include <stdio.h>

#include "oracle.h"

int
main(int argc, char **argv)
{
	if (argc < 3) {
		(void)fprintf(stderr, "usage: psl-oracle NAMES FILE.psl...\n");
		return 2;
	}
	world_read(argv[1]);
	for (int i = 2; i < argc; i++) {
		words_read(argv[i]);
	}
	events_print();
	return 0;
}
