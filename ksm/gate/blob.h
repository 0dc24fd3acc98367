/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* blob.h: a finished policy blob asked through the engine, as the kernel asks it. */
#ifndef GATE_BLOB_H
#define GATE_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/engine/ksm.h"

struct arena;
struct l1;
struct l1_query;
struct l1_verdict;

/*
 * Verifies the blob against l1's interfaces and opens it in the arena. bytes stay in use. Returns
 * KSM_OK or why the engine refuses it. digest: SHA-256 of the bytes from ksm_digest_offset on.
 */
enum ksm_verify_error blob_open_known(struct ksm *ksm, struct arena *a, const struct l1 *l1,
	const void *bytes, size_t size, const uint8_t digest[32]);

/* The same for bytes of which nobody has the digest. */
enum ksm_verify_error blob_open(
	struct ksm *ksm, struct arena *a, const struct l1 *l1, const void *bytes, size_t size);

/* Decides as the kernel would, at an edge that is open. */
struct l1_verdict blob_decide_at(
	struct ksm *ksm, struct ksm_edge *edge, const struct l1_query *query);

/* The same; where there is no edge, default. */
struct l1_verdict blob_decide(struct ksm *ksm, const struct l1_query *query);

#endif
