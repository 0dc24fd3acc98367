/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* doc.h: a policy as a document for reviewers. */
#ifndef GATE_DOC_H
#define GATE_DOC_H

#include <stdbool.h>

struct doc_out;
struct policy;

/* Writes the document. Returns false if a test of the file fails, which is said. */
bool doc_write(struct policy *policy, const struct doc_out *d);

#endif
