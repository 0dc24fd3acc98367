/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* packet.h: the frames of the protocol: a header with the length, then that many bytes. */
#ifndef LSP_PACKET_H
#define LSP_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct arena;

/* A longer message is skipped. */
#define PACKET_SIZE_MAX ((size_t)64 * 1024 * 1024)

enum packet_result {
	PACKET_OK,
	PACKET_END,      /* nobody writes any more */
	PACKET_BROKEN,   /* a header without a length; what follows is skipped to the next header */
	PACKET_TOO_LONG, /* its bytes were skipped */
};

/* Reads one message into the arena; bytes has a NUL behind it. */
enum packet_result packet_read(FILE *in, struct arena *a, char **bytes, size_t *size);

/* Writes one message. Errors: false if nobody reads. */
bool packet_write(FILE *out, const char *bytes, size_t size);

#endif
