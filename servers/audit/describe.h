/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers of the kernel and the policy, in words and columns. */
#ifndef SERVERS_AUDIT_DESCRIBE_H
#define SERVERS_AUDIT_DESCRIBE_H

#include "ksm/names/names.h"
#include "record.h"
#include "text.h"

/* The name of an instance or device by its label; "kernel", "init", or "?". */
const char *describe_label(const struct names *names, uint16_t label);
/* A qualified name without its unit, a path without its folders. */
const char *describe_short(const char *name);
/* Interface without its unit: Valve. */
const char *describe_interface(const struct names *names, uint16_t interface);
/* Valve.set, or Valve.99 for a method that the interface does not have. */
void describe_method(const struct names *names, const struct record *record, struct text *out);
/* The field that a record is about; false if it is about none. */
bool describe_field(
	const struct names *names, const struct record *record, struct names_field *field);
/* "channel = 9", or nothing. */
void describe_operand(const struct names *names, const struct record *record, struct text *out);
/* The record in one line, without its end. `number`: under which `why` finds it. */
void describe_record(
	const struct names *names, const struct record *record, uint32_t number, struct text *out);

/* A capability was not handed on, because its receiver may do nothing with it: target is the
 * receiver, operand the label of the capability. */
bool describe_is_share(const struct record *record);

#endif
