/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The names section of a policy blob: what people read about a verdict. Nothing is decided by it,
 * the engine does not open it; ksm/names does. Offsets count from the start of the section, texts
 * are offsets into its strings (0 is the empty text), all is little-endian, reserved bytes are
 * zero.
 *
 *   header | instances | labels | interfaces | methods | fields | states | values | errors | rules
 *          | strings
 */
#ifndef KSM_FORMAT_NAMES_H
#define KSM_FORMAT_NAMES_H

#include <stddef.h>
#include <stdint.h>

#define NAMES_MAGIC   UINT32_C(0x454d414e) /* "NAME" */
#define NAMES_VERSION 2

enum names_table_id {
	NAMES_INSTANCES,  /* by number */
	NAMES_LABELS,     /* by label */
	NAMES_INTERFACES, /* sorted by id */
	NAMES_METHODS,
	NAMES_FIELDS,
	NAMES_STATES, /* fields, too: the states of the policy by number, as tests see them */
	NAMES_VALUES,
	NAMES_ERRORS,
	NAMES_RULES,   /* by number - 1 */
	NAMES_STRINGS, /* bytes; the last is 0 */
	NAMES_TABLES
};

struct names_table_entry {
	uint32_t offset; /* multiple of 8 */
	uint32_t count;
};

struct names_header {
	uint32_t magic;
	uint32_t version;
	uint32_t system;
	uint32_t board;
	uint32_t allow_file; /* where a new allow line would go */
	uint32_t allow_line;
	struct names_table_entry tables[NAMES_TABLES];
};

struct names_instance_entry {
	uint32_t name;
	uint32_t class_name;
	uint16_t label;
	uint16_t reserved[3];
};

enum names_label_kind {
	NAMES_LABEL_NONE = 0,
	NAMES_LABEL_KERNEL = 1,
	NAMES_LABEL_INSTANCE = 2,
	NAMES_LABEL_DEVICE = 3,
	NAMES_LABEL_RESOURCE = 4 /* called INSTANCE.LABEL */
};

struct names_label_entry {
	uint32_t name;
	uint16_t kind;   /* enum names_label_kind */
	uint16_t number; /* of the instance or the device; of a resource, its instance */
};

struct names_interface_entry {
	uint32_t name;
	uint16_t id;
	uint16_t method_count;
	uint32_t first_method;
	uint32_t reserved;
};

struct names_method_entry {
	uint32_t name;
	uint32_t first_field; /* those of the call, then of the reply, then of errors */
	uint16_t call_fields;
	uint16_t reply_fields; /* and of errors */
	uint32_t first_error;
	uint16_t error_count;
	uint16_t flags; /* NAMES_METHOD_* */
	uint16_t error_fields;
	uint16_t reserved;
};

#define NAMES_METHOD_RESERVED   1u
#define NAMES_METHOD_ONEWAY     2u
#define NAMES_METHOD_IDEMPOTENT 4u
#define NAMES_METHOD_ASK        8u

enum names_field_kind {
	NAMES_FIELD_INTEGER = 0,
	NAMES_FIELD_BOOL = 1,
	NAMES_FIELD_ENUM = 2,
	NAMES_FIELD_TAIL = 3
};

struct names_field_entry {
	int64_t low; /* range of the type */
	int64_t high;
	uint32_t name;
	uint32_t first_value;
	uint16_t value_count;
	uint16_t offset_bytes;
	uint16_t width_bytes;
	uint8_t kind;  /* enum names_field_kind */
	uint8_t flags; /* NAMES_FIELD_* */
};

#define NAMES_FIELD_SIGNED 1u
#define NAMES_FIELD_SECRET 2u
#define NAMES_FIELD_TEXT   4u
#define NAMES_FIELD_TIME   8u /* of a state: what a denial shows is how many ns are missing */

struct names_value_entry {
	int64_t value;
	uint32_t name;
	uint32_t reserved;
};

struct names_rule_entry {
	uint32_t file;
	uint32_t line;
	uint32_t text;
	uint32_t because;
	uint32_t flags; /* NAMES_RULE_* */
	uint32_t reserved;
};

#define NAMES_RULE_FORBID    1u
#define NAMES_RULE_GENERATED 2u
#define NAMES_RULE_AUDITED   4u

_Static_assert(sizeof(struct names_header) == 104, "names");
_Static_assert(sizeof(struct names_instance_entry) == 16, "names");
_Static_assert(sizeof(struct names_label_entry) == 8, "names");
_Static_assert(sizeof(struct names_interface_entry) == 16, "names");
_Static_assert(sizeof(struct names_method_entry) == 24, "names");
_Static_assert(sizeof(struct names_field_entry) == 32, "names");
_Static_assert(sizeof(struct names_value_entry) == 16, "names");
_Static_assert(sizeof(struct names_rule_entry) == 24, "names");

#endif
