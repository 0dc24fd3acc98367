/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* dump_blob.c: a disassembler; numbers become names where the blob has them. */
#include "dump_blob.h"

#include <inttypes.h>
#include <stdbool.h>

#include "ksm/engine/ksm.h"
#include "ksm/format_state.h"
#include "ksm/names/names.h"

struct dump {
	FILE *out;
	const uint8_t *blob;
	struct names names;
	bool has_names;
};

static const char *const section_names[FORMAT_NAMES] = {
	"edges", "rows", "programs", "ops", "sets", "ranges", "states", "aborts"};

static const uint8_t *
section(const struct dump *dump, enum format_section_id id, uint32_t *count)
{
	const uint8_t *entry = dump->blob + offsetof(struct format_header, sections) +
			       id * sizeof(struct format_section);

	*count = format_u32(entry + offsetof(struct format_section, count));
	return dump->blob + format_u32(entry);
}

static void
label_print(const struct dump *dump, uint32_t label)
{
	struct names_label found;

	if (dump->has_names && names_label(&dump->names, label, &found)) {
		fprintf(dump->out, "%s", found.name);
	} else {
		fprintf(dump->out, "label %u", label);
	}
}

static const char *
audit_text(uint32_t audit)
{
	return audit == KSM_AUDIT_UNSAID    ? ""
	       : audit == KSM_AUDIT_GRANTED ? " audit"
	       : audit == KSM_AUDIT_MUST    ? " audit must"
					    : " audit never";
}

static void
action_print(const struct dump *dump, const char *event, uint32_t action)
{
	uint32_t number = action & FORMAT_ACTION_NUMBER;
	uint32_t audit = action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK;

	fprintf(dump->out, "  %s ", event);
	if ((action & FORMAT_ACTION_GRANT) != 0) {
		fprintf(dump->out, "allow %u%s", number, audit_text(audit));
	} else if ((action & FORMAT_ACTION_RUN) != 0) {
		fprintf(dump->out, "run %u", number);
	} else if (number != 0) {
		fprintf(dump->out, "forbid %u", number);
	} else {
		fprintf(dump->out, "-");
	}
}

static void
carried_print(const struct dump *dump, uint32_t call, uint32_t reply)
{
	for (uint32_t i = 0; i < format_shape_leases(call); i++) {
		fprintf(dump->out, ", %s", format_shape_lease_writes(call, i) ? "writes" : "reads");
	}
	if (format_shape_handles(call, false) != 0 || format_shape_handles(reply, true) != 0) {
		fprintf(dump->out, ", handles %u, %u", format_shape_handles(call, false),
			format_shape_handles(reply, true));
	}
}

static void
row_print(const struct dump *dump, const uint8_t *row, uint32_t interface, uint32_t number)
{
	static const char *const events[] = {"call", "reply", "error"};
	uint32_t call = format_u32(row + offsetof(struct format_row, shape));
	uint32_t reply = format_u32(row + offsetof(struct format_row, shape) + 4);
	struct names_method method;

	if (dump->has_names && names_method(&dump->names, interface, number, &method)) {
		fprintf(dump->out, "    %-16s", method.name);
	} else {
		fprintf(dump->out, "    method %-9u", number);
	}
	if (call == FORMAT_SHAPE_NONE) {
		fprintf(dump->out, "  no such method\n");
		return;
	}
	for (uint32_t event = 0; event < 3; event++) {
		action_print(dump, events[event], format_u32(row + (size_t)4 * event));
	}
	fprintf(dump->out, "  bytes %u..%u, %u..%u, %u errors", format_shape_low(call),
		format_shape_high(call), format_shape_low(reply), format_shape_high(reply),
		format_shape_errors(reply));
	carried_print(dump, call, reply);
	fprintf(dump->out, "\n");
}

static void
edges_print(const struct dump *dump)
{
	uint32_t edge_count;
	uint32_t row_count;
	const uint8_t *edge = section(dump, FORMAT_EDGES, &edge_count);
	const uint8_t *rows = section(dump, FORMAT_ROWS, &row_count);

	for (uint32_t i = 0; i < edge_count; i++, edge += sizeof(struct format_edge)) {
		uint32_t interface = format_u16(edge + offsetof(struct format_edge, interface));
		uint32_t methods = format_u16(edge + offsetof(struct format_edge, methods));
		uint32_t first = format_u32(edge + offsetof(struct format_edge, first));
		const char *name =
			dump->has_names ? names_interface(&dump->names, interface) : NULL;

		fprintf(dump->out, "edge %u: ", i);
		label_print(dump, format_u16(edge));
		fprintf(dump->out, " -> ");
		label_print(dump, format_u16(edge + offsetof(struct format_edge, target)));
		fprintf(dump->out, " : %s (%u), rows %u..%u\n", name != NULL ? name : "interface",
			interface, first, first + methods - 1);
		for (uint32_t number = 1; number <= methods; number++) {
			row_print(dump, rows + (first + number - 1) * sizeof(struct format_row),
				interface, number);
		}
	}
}

static void
set_print(const struct dump *dump, uint32_t index)
{
	uint32_t count;
	const uint8_t *set = section(dump, FORMAT_SETS, &count) + index * sizeof(struct format_set);
	const uint8_t *range = section(dump, FORMAT_RANGES, &count) +
			       format_u32(set) * sizeof(struct format_range);

	count = format_u32(set + offsetof(struct format_set, count));
	fprintf(dump->out, "{");
	for (uint32_t i = 0; i < count; i++, range += sizeof(struct format_range)) {
		int64_t low = (int64_t)format_u64(range);
		int64_t high = (int64_t)format_u64(range + offsetof(struct format_range, high));

		fprintf(dump->out, "%s%" PRId64, i > 0 ? ", " : "", low);
		if (high != low) {
			fprintf(dump->out, "..%" PRId64, high);
		}
	}
	fprintf(dump->out, "}");
}

/* Where a value goes; before the value itself. */
static const char *
into_text(uint32_t what)
{
	return what >= FORMAT_LOAD_INDEX      ? "index = "
	       : what >= FORMAT_LOAD_SUBTRACT ? "v = v - "
	       : what >= FORMAT_LOAD_ADD      ? "v = v + "
					      : "v = ";
}

static void
load_print(const struct dump *dump, const uint8_t *op)
{
	uint32_t how = op[1];
	uint32_t what = format_u16(op + offsetof(struct format_op, b));
	uint32_t c = format_u32(op + offsetof(struct format_op, c));
	uint32_t place = c & FORMAT_LOAD_PLACE;
	uint32_t high = c >> FORMAT_LOAD_SHIFT;
	uint32_t width = how & FORMAT_LOAD_WIDTH;
	char sign = (how & FORMAT_LOAD_SIGNED) != 0 ? 'i' : 'u';

	fputs(into_text(what), dump->out);
	switch (what & FORMAT_LOAD_WHAT) {
	case FORMAT_LOAD_STATUS:
		fputs("number of the error", dump->out);
		break;
	case FORMAT_LOAD_HANDLE:
		fprintf(dump->out, "number of the capability%s",
			c == 0 ? "" : " that is handed on");
		break;
	case FORMAT_LOAD_TEXT:
		fprintf(dump->out, "text at %u", place);
		break;
	case FORMAT_LOAD_LENGTH:
		fprintf(dump->out, "length from %u on", place);
		break;
	case FORMAT_LOAD_COUNT:
		fprintf(dump->out, "elements from %u on, bytes * %u / 2^%u", place, high,
			FORMAT_COUNT_SHIFT);
		break;
	case FORMAT_LOAD_NUMBER:
		fprintf(dump->out, "where set %u begins", c);
		break;
	case FORMAT_LOAD_PATH:
		fprintf(dump->out, "1 if a path of at most %u bytes is at %u, else 0",
			width * FORMAT_PATH_BYTES, place);
		break;
	case FORMAT_LOAD_LATE:
		fprintf(dump->out, "%c%u at %u, or where set %u begins", sign, 8 * width, place,
			high);
		break;
	default:
		fprintf(dump->out, "%c%u at %u", sign, 8 * width, place);
		break;
	}
	fprintf(dump->out, "%s\n", (how & FORMAT_LOAD_SECRET) != 0 ? ", secret" : "");
}

static void
test_print(const struct dump *dump, const uint8_t *op, uint32_t at)
{
	uint32_t target = at + format_u16(op + offsetof(struct format_op, b));

	fprintf(dump->out, "%s ", op[1] == FORMAT_JUMP_IF_TRUE ? "if" : "unless");
	switch (op[0]) {
	case FORMAT_OP_IN:
		fprintf(dump->out, "v in ");
		set_print(dump, format_u32(op + offsetof(struct format_op, c)));
		break;
	case FORMAT_OP_LESS:
		fprintf(dump->out, "v < w");
		break;
	case FORMAT_OP_LESS_EQUAL:
		fprintf(dump->out, "v <= w");
		break;
	case FORMAT_OP_EQUAL:
		fprintf(dump->out, "v = w");
		break;
	case FORMAT_OP_MEMBER:
		fprintf(dump->out, "v in state %u", format_u32(op + 4));
		break;
	default:
		fprintf(dump->out, "granted by %u", format_u32(op + 4));
		break;
	}
	fprintf(dump->out, " goto %u\n", target);
}

static void
effect_print(const struct dump *dump, const uint8_t *op, uint32_t b, uint32_t c)
{
	static const char *const words[] = {"take", "enter", "hold", "drop", "add", "sub", "insert",
		"remove", "begin anew", "slide"};
	const char *word = words[op[0] - FORMAT_OP_TAKE];

	if (op[0] == FORMAT_OP_ENTER) {
		fprintf(dump->out, "%s state %u: %u, from 0x%x\n", word, b, op[1], c);
	} else if (op[1] == FORMAT_OPERAND_V) {
		fprintf(dump->out, "%s state %u: v\n", word, b);
	} else {
		fprintf(dump->out, "%s state %u: %u\n", word, b, c);
	}
}

static void
op_print(const struct dump *dump, const uint8_t *op, uint32_t at)
{
	uint32_t b = format_u16(op + offsetof(struct format_op, b));
	uint32_t c = format_u32(op + offsetof(struct format_op, c));

	fprintf(dump->out, "    %2u  ", at);
	switch (op[0]) {
	case FORMAT_OP_LOAD:
		load_print(dump, op);
		break;
	case FORMAT_OP_OTHER:
		fprintf(dump->out, "w = v\n");
		break;
	case FORMAT_OP_ZERO:
		fprintf(dump->out, "bytes %u..%u must be zero\n", c, c + b - 1);
		break;
	case FORMAT_OP_ALLOW:
		fprintf(dump->out, "allow %u%s\n", c, audit_text(op[1]));
		break;
	case FORMAT_OP_DENY:
		fprintf(dump->out, "deny %s %u%s%s\n", ksm_reason_text((enum ksm_reason)op[1]), c,
			(b & FORMAT_DENY_SHOWS) != 0 ? ", showing v" : "",
			(b & FORMAT_DENY_QUIET) != 0 ? audit_text(KSM_AUDIT_NEVER) : "");
		break;
	case FORMAT_OP_LOAD_STATE:
		fprintf(dump->out, "%sstate %u\n", into_text(b), c);
		break;
	default:
		if (op[0] > FORMAT_OP_LOAD_STATE) {
			effect_print(dump, op, b, c);
		} else {
			test_print(dump, op, at);
		}
		break;
	}
}

static void
states_print(const struct dump *dump)
{
	static const char *const kinds[] = {
		"?", "bucket", "window", "latch", "counter", "set", "machine", "limit"};
	uint32_t count;
	const uint8_t *p = section(dump, FORMAT_STATES, &count);

	for (uint32_t i = 0; i < count; i++, p += sizeof(struct format_state)) {
		fprintf(dump->out, "state %u (%016" PRIx64 "): %s", i,
			format_u64(p + offsetof(struct format_state, id)), kinds[p[0]]);
		fprintf(dump->out, " of %u, amount %" PRIu64 ", low %" PRId64 ", for ",
			format_u32(p + offsetof(struct format_state, count)),
			format_u64(p + offsetof(struct format_state, amount)),
			(int64_t)format_u64(p + offsetof(struct format_state, low)));
		label_print(dump, format_u16(p + offsetof(struct format_state, holder)));
		fprintf(dump->out, " -> ");
		label_print(dump, format_u16(p + offsetof(struct format_state, target)));
		fprintf(dump->out, "%s\n",
			p[offsetof(struct format_state, resets)] != 0
				? ", begins anew when one restarts"
				: "");
	}
}

/* What happens when a call ends without an answer, and when a capability comes or goes. */
static void
aborts_print(const struct dump *dump)
{
	uint32_t count;
	const uint8_t *p = section(dump, FORMAT_ABORTS, &count);
	uint32_t entry_count = format_u32(dump->blob + offsetof(struct format_header, entry_count));

	for (uint32_t i = 0; i < count; i++, p += sizeof(struct format_abort)) {
		uint32_t entry = format_u32(p);
		uint32_t passage = entry - entry_count;
		uint32_t program = format_u32(p + offsetof(struct format_abort, program));

		if (entry < entry_count) {
			fprintf(dump->out, "abort of entry %u: run %u\n", entry, program);
		} else {
			fprintf(dump->out, "capability of edge %u %s: run %u\n", passage / 2,
				passage % 2 == 0 ? "comes" : "goes", program);
		}
	}
}

static void
programs_print(const struct dump *dump)
{
	uint32_t program_count;
	uint32_t op_count;
	const uint8_t *program = section(dump, FORMAT_PROGRAMS, &program_count);
	const uint8_t *op = section(dump, FORMAT_CODE, &op_count);

	for (uint32_t i = 0; i < program_count; i++, program += sizeof(struct format_program)) {
		uint32_t count = format_u16(program + offsetof(struct format_program, count));

		fprintf(dump->out, "program %u: %u ops, reads %u bytes\n", i, count,
			format_u16(program + offsetof(struct format_program, need_bytes)));
		for (uint32_t at = 0; at < count; at++, op += sizeof(struct format_op)) {
			op_print(dump, op, at);
		}
	}
}

static void
rules_print(const struct dump *dump)
{
	struct names_rule rule;

	for (uint32_t i = 1; dump->has_names && names_rule(&dump->names, i, &rule); i++) {
		fprintf(dump->out, "rule %u: %s:%u: %s\n", i, rule.file, rule.line, rule.text);
	}
}

void
dump_blob(FILE *out, const uint8_t *blob, size_t length_bytes)
{
	struct dump dump = {.out = out, .blob = blob};
	uint32_t count;

	dump.has_names = names_open(&dump.names, blob, length_bytes);
	(void)section(&dump, FORMAT_NAMES, &count);
	fprintf(out, "policy: %zu bytes, of these %u are names; %zu bytes of RAM\n", length_bytes,
		count, ksm_memory_bytes(blob, length_bytes));
	for (uint32_t i = 0; i < FORMAT_NAMES; i++) {
		(void)section(&dump, (enum format_section_id)i, &count);
		fprintf(out, "%s%u %s", i == 0 ? "" : ", ", count, section_names[i]);
	}
	fprintf(out, "\n\n");
	rules_print(&dump);
	edges_print(&dump);
	programs_print(&dump);
	states_print(&dump);
	aborts_print(&dump);
}
