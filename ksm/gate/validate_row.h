/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* validate_row.h: what a row of the blob tells the host about a message, beside its verdict. */
#ifndef GATE_VALIDATE_ROW_H
#define GATE_VALIDATE_ROW_H

#include "ksm/engine/ksm.h"

struct l1_method;

/* Returns NULL if leases, handles, errors and questions are those of the method, else a sentence.
 */
const char *validate_row(const struct ksm_edge *edge, const struct l1_method *method);

#endif
