/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* l1_interface.h: interfaces in L1: methods, messages and where their fields stand. */
#ifndef GATE_L1_INTERFACE_H
#define GATE_L1_INTERFACE_H

#include <stdbool.h>
#include <stdint.h>

struct l1;

struct l1_position {
	const char *file; /* as given on the command line or found by -I */
	uint32_t line;
	uint32_t column;
};

enum l1_field_kind {
	L1_INTEGER,
	L1_BOOL,
	L1_ENUM,
	L1_TAIL /* text, bytes: the rest of the payload, at most one, last on the wire */
};

struct l1_range {
	int64_t low, high; /* inclusive */
};

struct l1_name {
	const char *name; /* of an enum's value */
	int64_t value;
};

/* What stands in the message for something that is not bytes; its kind is L1_INTEGER. */
enum l1_carry {
	L1_BYTES,  /* nothing: an ordinary field */
	L1_READS,  /* length of a lease that the server reads */
	L1_WRITES, /* ... that it writes */
	L1_HANDLE  /* interface << 16 | label of a capability */
};

/* How a test looks at a text or at bytes, which no register holds as a whole. */
enum l1_look {
	L1_LOOK_WHOLE,
	L1_LOOK_LENGTH, /* how many bytes there are */
	L1_LOOK_EIGHT   /* 8 bytes as one number, the first the highest; behind the end: 0 */
};

/*
 * Layout: leases first, then handles, then each fixed field at the lowest free offset that is a
 * multiple of its width (so small fields fill holes left by earlier ones), little-endian; the tail
 * follows the fixed part. Holes that remain must be zero.
 */
/* A field of the message in a sum. */
struct l1_term {
	const struct l1_field *field;
	bool is_subtracted;
};

struct l1_field {
	const char *name;
	enum l1_field_kind kind;
	enum l1_carry carries;
	uint16_t offset_bytes;
	uint16_t width_bytes; /* 1, 2, 4, 8; of a tail its greatest length */
	bool is_signed;
	bool is_secret;
	bool is_process;  /* an enum of the instances' numbers, known when the system is */
	bool is_text;     /* tail: printable text rather than bytes */
	bool is_path;     /* tail: with one spelling [T4] */
	bool is_tag;      /* of a union: which of its cases is there [T18] */
	bool is_status;   /* ... of errors: the number of the error, in no byte of the payload */
	bool has_default; /* it may be left out [T16] */
	bool is_late;     /* and then the message is shorter; else zeros stand there */
	uint8_t handle;   /* which one of the handles of the message, from 0 */
	bool is_element;  /* it belongs to one of the elements of a list */
	int64_t absent;   /* what it is then */
	int64_t low;      /* inclusive range of the type; of u64 without one INT64_MIN: any */
	int64_t high;
	const char *type_name;       /* of an enum, else NULL */
	const struct l1_name *names; /* of an enum, sorted by value */
	uint32_t name_count;
	const char *param;    /* the name of the parameter that it is, or is part of */
	const char *presence; /* of a flag that says what is there: the name of that, else NULL */
	const struct l1_field *guard; /* it is there if that is, and says so; else it is 0 */
	int64_t guard_value;          /* then: its value; of a length: it is this, or more */
	enum l1_look look;
	const struct l1_field *whole; /* of a part: the tail; else NULL */
	const struct l1_field *parts; /* of a tail: its length, then each 8 bytes of it */
	uint32_t part_count;
	uint16_t unit_bytes;           /* of a list and its length: of an element; else 0 */
	const struct l1_term *terms;   /* of a sum of fields, by offset, the first not subtracted */
	uint32_t term_count;           /* else 0 */
	const struct l1_state *state;  /* not of a message: what is remembered; else NULL */
	const struct l1_field *member; /* then: whether the set has the value of this field */
	const struct l1_field *index;  /* then: of which cell; NULL: of the capability's number */
};

/* A struct or a union; its fields stand in the message one by one. */
struct l1_record {
	const char *name; /* qualified by its unit, too */
	bool is_union;
	struct l1_member *members;
	uint32_t member_count;
	struct l1_name *cases; /* of a union: its members by number */
};

/* A parameter, or a field of a record, as it was declared. */
struct l1_member {
	const char *name;
	bool is_optional;
	uint32_t array; /* how many there are, one behind the other; 0: one, and no array */
	uint32_t list;  /* at most so many elements; 0: no list */
	const struct l1_record *record; /* or NULL: then */
	struct l1_field field;          /* its type */
};

struct l1_message {
	struct l1_field *fields; /* in declared order */
	uint32_t field_count;
	uint16_t fixed_bytes; /* before the tail; with all that may be left out */
	uint16_t low_bytes;   /* shortest and longest legal payload */
	uint16_t high_bytes;
	const struct l1_range *lengths; /* if not all of these are legal: those that are, sorted */
	uint32_t length_count;          /* else 0 */
	struct l1_member *members;      /* the parameters */
	uint32_t member_count;
};

#define L1_METHOD 0x1ffu /* as many bits as the number of a method has */

struct l1_method {
	const char *name;
	const char *doc;
	uint16_t number; /* from 1, in declared order, reserved numbers skipped */
	bool is_reserved, is_oneway, is_idempotent;
	bool is_ask; /* no message: its server asks whether a client may */
	struct l1_message call;
	struct l1_message reply;
	const char **errors; /* n-th is status n + 1 */
	uint32_t error_count;
	struct l1_message error; /* its parameters, as of a union, if one of them has some */
};

struct l1_interface {
	const char *name; /* qualified by its unit: kernel.core.Untyped, Valve */
	const char *short_name;
	const char *doc;
	uint16_t id; /* kernel/core.gate: 1.. in order; else INTERFACE_USER.. in order of qualified
			name */
	struct l1_method *methods; /* index number - 1 */
	uint32_t method_count;
	uint8_t digest[32]; /* SHA-256 of its canonical text: names, numbers, types, ranges */
	struct l1_position position;
};

enum l1_event {
	L1_CALL, /* also signal, start, methods of kernel objects */
	L1_REPLY,
	L1_ERROR,
	L1_ABORT, /* the call ended without reply or error: nothing is judged, effects happen */
	L1_COMES, /* a capability comes into a table; method 0 */
	L1_GOES   /* one that came goes; nothing is judged */
};

/* Returns whether what is remembered is in the value of the field, alone or in a sum. field
 * may be NULL. */
bool l1_field_is_remembered(const struct l1_field *field);

/* Returns whether the guard of a field, which has this value, says that the field is there. */
static inline bool
l1_guard_says(const struct l1_field *field, int64_t value)
{
	return field->guard->look == L1_LOOK_LENGTH ? value >= field->guard_value
						    : value == field->guard_value;
}

/* Returns the word of a message before its sender, with a blank behind it. */
static inline const char *
l1_event_word(enum l1_event event)
{
	return event == L1_REPLY   ? "reply "
	       : event == L1_ERROR ? "error "
	       : event == L1_ABORT ? "abort "
				   : "";
}

/* Returns the interface of that id. Requires: it exists. */
const struct l1_interface *l1_interface_find(const struct l1 *l1, uint16_t id);

/* Returns the value of its type that is nearest to 0. Of a process, before the system is known: 1.
 */
int64_t l1_nearest_to_zero(const struct l1_field *field);

/* Returns whether that is a legal length of a payload. */
bool l1_message_takes(const struct l1_message *message, uint32_t length_bytes);

#endif
