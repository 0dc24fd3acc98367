/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* digest.h: SHA-256 of interfaces as both sides of a message see them [T10]. */
#ifndef GATE_DIGEST_H
#define GATE_DIGEST_H

#include <stdint.h>

struct l1;
struct l1_interface;

/* Fills digest from names, numbers, types, places and ranges; comments do not count. */
void digest_interface(struct l1_interface *interface);

/* Fills abi_digest and core_digest. Requires: the digest of each interface. */
void digest_all(struct l1 *l1);

/* Fills system_digest from labels, instances and wires, all by their names. */
void digest_system(struct l1 *l1);

/* Returns the n-th little-endian word of a digest, as Process.start carries them. */
int64_t digest_word(const uint8_t *digest, uint32_t n);

#endif
