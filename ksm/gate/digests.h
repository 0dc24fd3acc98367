/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* digests.h: the SHA-256 and size of each program, as the image tool wrote them. */
#ifndef GATE_DIGESTS_H
#define GATE_DIGESTS_H

#include <stdbool.h>
#include <stdint.h>

struct compile;
struct sema;

struct digests_entry {
	const char *program;
	uint8_t digest[32];
	uint32_t text_pages;
	uint32_t data_pages;
	uint32_t bss_pages;
	struct digests_entry *next;
};

/* A file of lines `name hex text_pages data_pages bss_pages`. */
struct digests {
	const char *path;
	struct digests_entry *first;
};

/* Reads the file. Returns NULL after an error. */
const struct digests *digests_read(struct compile *c, const char *path);

/* Returns the entry of a program, or NULL. */
const struct digests_entry *digests_find(const struct digests *digests, const char *program);

/* Gives each instance of s->l1 its program's digest; reports programs that the file lacks. */
void digests_give(struct sema *s);

#endif
