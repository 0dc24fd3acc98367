/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random sources of a policy: whole ones that mostly mean something, and ones with faults. */
#include "tests/host/support/random_gate.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdarg.h>

#include "tests/host/support/random.h"

#define METHODS 4
#define FIELDS  3

enum object { BUCKET, WINDOW, LATCH, COUNTER, SET, MACHINE, OBJECTS };

struct type {
	const char *text;
	int64_t low;
	int64_t high;
};

static const struct type types[] = {
	{"u8", 0, 255},
	{"u8 in 0..7", 0, 7},
	{"i16 in -400..850", -400, 850},
	{"u32", 0, UINT32_MAX},
	{"i64 in -5..5", -5, 5},
	{"u64", 0, INT64_MAX},
	{"i8 secret", -128, 127},
	{"bool", 0, 1},
	{"Mode", 0, 2},
};

#define TYPE_BOOL 7
#define TYPE_MODE 8

struct field {
	const char *name;
	uint32_t type;
};

struct method {
	struct field fields[2][FIELDS]; /* of the call, of the reply */
	uint32_t count[2];
	bool has_tail;
	bool has_errors;
	bool is_oneway;
	bool is_free; /* its replies are judged by rules of their own [R19] */
};

struct plan {
	struct buffer *b;
	struct method methods[METHODS];
	bool has[OBJECTS];
	bool is_changed[OBJECTS];
};

static void say(struct plan *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct plan *p, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	buffer_text(p->b, arena_vformat(p->b->arena, format, arguments));
	va_end(arguments);
}

static bool
one_in(uint32_t n)
{
	return random_below(n) == 0;
}

/* A value of the type, mostly near to one of its ends. */
static int64_t
value_of(const struct type *type)
{
	uint64_t span = (uint64_t)type->high - (uint64_t)type->low;
	uint64_t step = random_below(span < 12 ? span + 1 : 12);

	return one_in(3) ? type->high - (int64_t)step : type->low + (int64_t)step;
}

static void
value_say(struct plan *p, uint32_t type, int64_t value)
{
	static const char *const modes[] = {"off", "slow", "fast"};

	if (type == TYPE_BOOL) {
		say(p, "%s", value == 0 ? "false" : "true");
	} else if (type == TYPE_MODE) {
		say(p, "%s", modes[value]);
	} else {
		say(p, "%" PRId64, value);
	}
}

static void
range_say(struct plan *p, const struct type *type)
{
	int64_t low = value_of(type);
	int64_t high = value_of(type);

	say(p, "%" PRId64 "..%" PRId64, low < high ? low : high, low < high ? high : low);
}

static void
set_say(struct plan *p, uint32_t type)
{
	say(p, " in {");
	for (uint64_t i = 0, count = 1 + random_below(4); i < count; i++) {
		say(p, "%s", i == 0 ? "" : ", ");
		if (type < TYPE_BOOL && one_in(4)) {
			range_say(p, &types[type]);
		} else {
			value_say(p, type, value_of(&types[type]));
		}
	}
	say(p, "}");
}

/* Another field of the same type, or NULL. */
static const struct field *
other_like(const struct field *fields, uint32_t count, const struct field *field)
{
	const struct field *other = &fields[random_below(count)];

	return other != field && other->type == field->type ? other : NULL;
}

static void
field_test(struct plan *p, const struct field *fields, uint32_t count)
{
	static const char *const relations[] = {"=", "!=", "<", "<=", ">", ">="};
	const struct field *field = &fields[random_below(count)];
	const struct field *other = other_like(fields, count, field);
	bool is_number = field->type < TYPE_BOOL;

	say(p, "%s", field->name);
	if (is_number && one_in(3)) {
		say(p, " in ");
		range_say(p, &types[field->type]);
	} else if (field->type != TYPE_BOOL && one_in(3)) {
		set_say(p, field->type);
	} else {
		say(p, " %s ", relations[random_below(is_number ? 6 : 2)]);
		if (other != NULL && is_number && one_in(2)) {
			say(p, "%s", other->name);
		} else {
			value_say(p, field->type, value_of(&types[field->type]));
		}
	}
}

/* A test of something remembered; false: there is nothing to test. */
static bool
state_test(struct plan *p, const struct field *fields, uint32_t count)
{
	switch (random_below(4)) {
	case 0:
		if (p->has[LATCH]) {
			say(p, "Held held");
		}
		return p->has[LATCH];
	case 1:
		if (p->has[COUNTER]) {
			say(p, "Count %s %" PRIu64, one_in(2) ? "<" : ">=", 1 + random_below(3));
		}
		return p->has[COUNTER];
	case 2:
		if (p->has[MACHINE]) {
			say(p, "Phase is %s",
				one_in(2)   ? "{one, two}"
				: one_in(2) ? "zero"
					    : "two");
		}
		return p->has[MACHINE];
	default:
		for (uint32_t i = 0; p->has[SET] && i < count; i++) {
			if (fields[i].type == 0) {
				say(p, "%s in Known", fields[i].name);
				return true;
			}
		}
		return false;
	}
}

static void
expr_say(struct plan *p, const struct field *fields, uint32_t count, uint32_t depth)
{
	uint64_t kind = random_below(depth == 0 ? 4 : 8);

	if (kind == 0 && state_test(p, fields, count)) {
		return;
	}
	if (kind < 4) {
		field_test(p, fields, count);
	} else if (kind == 4) {
		say(p, "not (");
		expr_say(p, fields, count, depth - 1);
		say(p, ")");
	} else {
		say(p, "(");
		expr_say(p, fields, count, depth - 1);
		say(p, kind == 5 ? " and " : " or ");
		expr_say(p, fields, count, depth - 1);
		say(p, ")");
	}
}

static void
guard_say(struct plan *p, const struct field *fields, uint32_t count)
{
	if (count == 0 || one_in(3)) {
		return;
	}
	say(p, one_in(5) ? " unless " : " when ");
	expr_say(p, fields, count, 2);
}

/* The first field that holds small numbers that are not negative, or NULL. */
static const char *
small_field(const struct field *fields, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (fields[i].type == 0) {
			return fields[i].name;
		}
	}
	return NULL;
}

/* What the effect on one object is; no `then`, which is the caller's. */
static void
effect_say(struct plan *p, enum object object, const struct field *fields, uint32_t count)
{
	static const char *const states[] = {"zero", "one", "two"};
	const char *small = small_field(fields, count);

	p->is_changed[object] = true;
	switch (object) {
	case BUCKET:
		say(p, "take Rate%s", one_in(3) ? " 2" : "");
		break;
	case WINDOW:
		say(p, "take Grants");
		break;
	case LATCH:
		say(p, "%s Held", one_in(3) ? "drop" : "hold");
		break;
	case COUNTER:
		say(p, "%s Count %s", one_in(3) ? "sub" : "add", small != NULL ? small : "1");
		break;
	case SET:
		say(p, "%s Known %s", one_in(3) ? "remove" : "insert", small != NULL ? small : "7");
		break;
	default:
		say(p, "enter Phase %s", states[random_below(3)]);
		break;
	}
}

static void
effects_say(struct plan *p, const char *moment, const struct field *fields, uint32_t count)
{
	bool is_first = true;
	uint64_t from = random_below(OBJECTS);

	for (uint64_t i = 0; i < OBJECTS; i++) {
		enum object object = (enum object)((from + i) % OBJECTS);

		if (p->has[object] && one_in(3)) {
			say(p, "%s", is_first ? moment : ", ");
			effect_say(p, object, fields, count);
			is_first = false;
		}
	}
}

static void
message_say(struct plan *p, const struct field *fields, uint32_t count)
{
	say(p, "(");
	for (uint32_t i = 0; i < count; i++) {
		say(p, "%s%s: %s", i == 0 ? "" : ", ", fields[i].name, types[fields[i].type].text);
	}
}

static void
message_make(struct method *method, uint32_t side)
{
	static const char *const names[2][FIELDS] = {{"a", "b", "c"}, {"x", "y", "z"}};

	method->count[side] = (uint32_t)random_below(FIELDS + 1);
	for (uint32_t i = 0; i < method->count[side]; i++) {
		method->fields[side][i].name = names[side][i];
		method->fields[side][i].type =
			(uint32_t)random_below(sizeof(types) / sizeof(types[0]));
	}
}

static void
interface_say(struct plan *p)
{
	say(p, "interface Work {\n");
	for (uint32_t i = 0; i < METHODS; i++) {
		struct method *method = &p->methods[i];

		message_make(method, 0);
		method->is_oneway = one_in(8);
		method->has_tail = one_in(6);
		if (one_in(10)) {
			say(p, "    reserved %u\n", i + 40);
		}
		say(p, "    %sm%u", method->is_oneway ? "oneway " : "", i);
		message_say(p, method->fields[0], method->count[0]);
		if (method->has_tail) {
			say(p, "%stext: text<9>", method->count[0] == 0 ? "" : ", ");
		}
		say(p, ")");
		if (!method->is_oneway && one_in(2)) {
			message_make(method, 1);
			if (method->count[1] != 0) {
				say(p, " -> ");
				message_say(p, method->fields[1], method->count[1]);
				say(p, ")");
			}
		}
		method->is_free = !method->is_oneway && one_in(4);
		method->has_errors = !method->is_oneway && one_in(3);
		say(p, method->has_errors ? " errors {busy, broken}\n" : "\n");
	}
	say(p, "    go(state: u8)\n}\n");
}

static void
objects_say(struct plan *p)
{
	static const char *const keys[] = {"", " per client", " per server", " per edge"};
	static const char *const lines[OBJECTS][2] = {
		{"bucket Rate", "rate 3 per 1s burst 2"},
		{"window Grants", "max 2 per 5s"},
		{"latch Held", "for 2s"},
		{"counter Count", "max 300 keep"},
		{"set Known", "of u8 max 3 reset"},
		{"machine Phase", "{ zero -> one, two; one -> two, one; two -> zero }"},
	};

	for (uint32_t i = 0; i < OBJECTS; i++) {
		p->has[i] = one_in(2);
		if (p->has[i]) {
			say(p, "%s%s %s\n", lines[i][0], keys[random_below(4)], lines[i][1]);
		}
	}
}

static void
tails_say(struct plan *p, const struct method *method)
{
	size_t before = p->b->size;
	size_t said;

	if (!method->is_oneway && !method->is_free && one_in(3)) {
		say(p, "\n    reply");
		said = p->b->size;
		if (method->count[1] != 0) {
			guard_say(p, method->fields[1], method->count[1]);
		}
		effects_say(p, " then ", method->fields[1], method->count[1]);
		if (p->b->size == said) { /* a tail says something [G24] */
			p->b->size = before;
			p->b->bytes[before] = '\0';
		}
	}
	if (method->has_errors && one_in(3)) {
		say(p, "\n    error none");
	}
	if (!method->is_oneway && one_in(6)) {
		effects_say(p, "\n    abort then ", NULL, 0);
	}
}

static void
audit_say(struct plan *p)
{
	static const char *const words[] = {" audit granted", " audit must", " audit never"};

	say(p, "%s\n", one_in(3) ? words[random_below(3)] : "");
}

static void
rule_say(struct plan *p, uint32_t which, const char *who)
{
	const struct method *method = &p->methods[which];

	say(p, "allow %s -> Server : work.m%u", who, which);
	if (method->count[0] != 0 && one_in(3)) {
		say(p, "(");
		field_test(p, method->fields[0], method->count[0]);
		say(p, ")");
	} else {
		guard_say(p, method->fields[0], method->count[0]);
	}
	effects_say(p, "\n    call then ", method->fields[0], method->count[0]);
	tails_say(p, method);
	audit_say(p);
}

static void
answer_say(struct plan *p, uint32_t which)
{
	const struct method *method = &p->methods[which];

	for (uint32_t i = 0; method->is_free && i < 2; i += 1 + one_in(3)) {
		say(p, "allow reply %s -> Server : work.m%u",
			one_in(4) ? "First" : "{First, Second}", which);
		if (method->count[1] != 0) {
			guard_say(p, method->fields[1], method->count[1]);
		}
		effects_say(p, "\n    then ", method->fields[1], method->count[1]);
		audit_say(p);
	}
}

static void
forbid_say(struct plan *p, uint32_t which)
{
	const struct method *method = &p->methods[which];

	if (method->count[0] == 0) {
		return;
	}
	say(p, "forbid %s -> Server : work.m%u", one_in(2) ? "any" : "First", which);
	say(p, " when ");
	expr_say(p, method->fields[0], method->count[0], 1);
	say(p, one_in(4) ? " audit never\n" : " because \"no\"\n");
}

/* Each object is changed, and each state of the machine entered. */
static void
changes_say(struct plan *p)
{
	static const char *const changes[OBJECTS] = {
		"take Rate", "take Grants", "hold Held", "add Count 1", "insert Known state", ""};
	uint32_t value = 10;

	for (uint32_t i = 0; i < MACHINE; i++) {
		if (p->has[i] && !p->is_changed[i]) {
			say(p, "allow Second -> Server : work.go(state = %u) then %s\n", value,
				changes[i]);
			value++;
		}
	}
	if (p->has[MACHINE]) {
		say(p, "allow Second -> Server : work.go(state = 0) call then enter Phase zero\n"
		       "allow Second -> Server : work.go(state = 1) call then enter Phase one\n"
		       "allow Second -> Server : work.go(state = 2) call then enter Phase two\n");
	}
}

void
random_gate(struct buffer *b)
{
	struct plan plan = {.b = b};
	struct plan *p = &plan;
	bool has_lists = one_in(2);

	say(p, "edition 1\n\nenum Mode { off, slow, fast }\n");
	interface_say(p);
	random_gate_system(b, has_lists);
	say(p, one_in(24) ? "level trust { low < high }\nprove no data three -> one\n" : "");
	objects_say(p);
	for (uint32_t i = 0; i < METHODS; i++) {
		static const char *const who[] = {"First", "Second", "{First, Second}", "s.one"};
		uint64_t first = random_below(4);

		rule_say(p, i, who[first]);
		if (first != 2 && one_in(3)) {
			rule_say(p, i, first == 1 ? "First" : "Second");
		}
		answer_say(p, i);
		if (one_in(3)) {
			forbid_say(p, i);
		}
		if (one_in(64)) {
			say(p, "never Second -> Server : work.m%u\n", i);
		}
	}
	random_gate_label(b, has_lists);
	changes_say(p);
	if (one_in(2)) {
		say(p, "test \"some\" {\n    grant one -> server : work.m0()\n    wait 3s\n"
		       "    2 times { deny three -> server : work.go(state = 9) }\n"
		       "    restart one\n}\n");
	}
}
