/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dump_blob.h: a finished policy blob in words, read from its bytes alone. */
#ifndef GATE_DUMP_BLOB_H
#define GATE_DUMP_BLOB_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Prints sizes, edges with the actions of each method, and every program. Requires: ksm_verify
 * accepted the blob. */
void dump_blob(FILE *out, const uint8_t *blob, size_t length_bytes);

#endif
