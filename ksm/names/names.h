/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reads the names of a policy blob (ksm/format_names.h), to say in words what an audit record says
 * in numbers. No libc, no memory; texts point into the blob and live as long. Unknown numbers give
 * NULL or false, never a fault.
 */
#ifndef KSM_NAMES_NAMES_H
#define KSM_NAMES_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ksm/format_names.h"

struct names {
	const uint8_t *tables[NAMES_TABLES];
	uint32_t counts[NAMES_TABLES];
	const char *system;
	const char *board;
	const char *allow_file; /* where a new allow line would go */
	uint32_t allow_line;
};

struct names_instance {
	const char *name;
	const char *class_name;
	uint16_t label;
};

struct names_label {
	const char *name;
	enum names_label_kind kind;
	uint16_t number; /* of the instance or the device */
};

struct names_method {
	const char *name;
	uint32_t first_field;
	uint16_t call_fields;
	uint16_t reply_fields;
	uint16_t error_fields;
	uint32_t first_error;
	uint16_t error_count;
	bool is_reserved, is_oneway, is_idempotent, is_ask;
};

struct names_field {
	const char *name;
	int64_t low;
	int64_t high;
	uint32_t first_value;
	uint16_t value_count;
	uint16_t offset_bytes;
	uint16_t width_bytes; /* of a tail its greatest length */
	enum names_field_kind kind;
	bool is_signed, is_secret, is_text;
	bool is_time; /* of a state: a denial shows how many ns are missing */
};

struct names_rule {
	const char *file;
	uint32_t line;
	const char *text;    /* one line */
	const char *because; /* "" if none was given */
	bool is_forbid, is_generated, is_audited;
};

/* Opens the names of a policy blob of length_bytes at `blob`. Checks every number that is used
 * later, so that it is total on any bytes. Returns false if they are not sound, then names is not
 * usable. */
bool names_open(struct names *names, const uint8_t *blob, size_t length_bytes);

/* The same for the n-th of several policies that stand behind each other; 0 is the first. */
bool names_open_nth(
	struct names *names, const uint8_t *blobs, size_t length_bytes, uint32_t number);

bool names_instance(const struct names *names, uint32_t number, struct names_instance *out);
bool names_label(const struct names *names, uint32_t label, struct names_label *out);
/* The class of the instance that has the label; NULL for kernel, devices, unknown labels. */
const char *names_class_of_label(const struct names *names, uint32_t label);
/* Qualified name of an interface; NULL if unknown. */
const char *names_interface(const struct names *names, uint32_t id);
bool names_method(
	const struct names *names, uint32_t interface, uint32_t method, struct names_method *out);
/* The index-th field in declared order; event: KSM_REPLY, KSM_ERROR, else of the call. */
bool names_field(const struct names *names, const struct names_method *method, uint32_t event,
	uint32_t index, struct names_field *out);
/* The n-th state of the policy, which verdicts call KSM_FIELD_STATE + n, as a field. */
bool names_state(const struct names *names, uint32_t number, struct names_field *out);
/* The field that covers the byte at `offset`; false for holes. */
bool names_field_at(const struct names *names, const struct names_method *method, uint32_t event,
	uint32_t offset, struct names_field *out);
/* Name of an enum's value; NULL if it has none. */
const char *names_value(const struct names *names, const struct names_field *field, int64_t value);
/* Name of the error that a reply's status stands for, from 1. */
const char *names_error(
	const struct names *names, const struct names_method *method, uint32_t status);
bool names_rule(const struct names *names, uint32_t number, struct names_rule *out);

#endif
