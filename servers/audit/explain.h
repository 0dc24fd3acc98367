/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Why a record is what it is: rule, value, and what to do if it was not meant so. */
#ifndef SERVERS_AUDIT_EXPLAIN_H
#define SERVERS_AUDIT_EXPLAIN_H

#include "ksm/names/names.h"
#include "record.h"
#include "text.h"

/* Lines, each with its end. */
void explain_record(const struct names *names, const struct record *record, struct text *out);

#endif
