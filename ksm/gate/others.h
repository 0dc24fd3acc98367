/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* others.h: the other policies of an image, with which this one takes turns [W1, W2]. */
#ifndef GATE_OTHERS_H
#define GATE_OTHERS_H

#include <stdbool.h>
#include <stdint.h>

#define OTHERS_MAX 7u

struct compile;
struct l1;
struct sema;

/* Finished blobs, verified. */
struct others {
	const char *paths[OTHERS_MAX];
	const uint8_t *blobs[OTHERS_MAX];
	uint32_t count;
};

/* Reads the blob at path. False after an error. */
bool others_add(struct others *others, struct compile *c, const char *path);

/* L1 gets edges where another policy has one. False after an error: it is for another system. */
bool others_edges(struct sema *s, const struct others *others);

/* L1 gets the states of the others, by the ids of its own: it keeps what they remember. */
void others_states(struct sema *s, const struct others *others);

#endif
