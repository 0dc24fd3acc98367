/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* findings.h: what gate finds in a document, as diagnostics of the protocol. */
#ifndef LSP_FINDINGS_H
#define LSP_FINDINGS_H

struct buffer;
struct document;
struct server;

struct findings_job {
	struct server *server;
	const struct document *document;
};

/*
 * A job (job.h); data is a struct findings_job. Writes for each file that was read its path and
 * its diagnostics, a comma between them, each with a NUL behind.
 */
void findings_work(void *data, struct buffer *out);

#endif
