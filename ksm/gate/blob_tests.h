/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob_tests.h: which fields and values the program of a blob tests, read from its code alone. */
#ifndef GATE_BLOB_TESTS_H
#define GATE_BLOB_TESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "l1.h"

struct arena;
struct ksm;
struct ksm_edge;
struct vector;

/*
 * Appends a condition (const struct l1_condition *) for each test that the program of this method
 * and event makes; nothing if it has none. Returns false if the program loads bytes that are no
 * field of the message. Requires: the engine verified the blob; the method is one of the edge.
 */
bool blob_tests(const struct ksm *ksm, const struct ksm_edge *edge, uint32_t method,
	enum l1_event event, const struct l1_message *message, struct arena *a,
	struct vector *conditions);

#endif
