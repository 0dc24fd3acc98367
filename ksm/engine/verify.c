/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The verifier: one pass over a blob, no recursion, no memory. What it lets through, decide.c and
 * edge.c use without a further check: every index is in its table, every load inside the shortest
 * message of every row that runs the program, jumps go forward and end in the same program.
 */
#include "ksm/engine/ksm.h"
#include "ksm/engine/state.h"
#include "ksm/format_state.h"

struct view {
	const uint8_t *at[FORMAT_SECTIONS];
	uint32_t count[FORMAT_SECTIONS];
	uint32_t label_count;
	uint32_t rule_count;
	uint32_t entry_count;
};

static bool
bytes_equal(const uint8_t *a, const uint8_t *b, size_t length)
{
	uint8_t difference = 0;

	for (size_t i = 0; i < length; i++) {
		difference |= a[i] ^ b[i];
	}
	return difference == 0;
}

/* Sections follow each other in order, without a gap but for zero bytes up to a multiple of 8. */
static enum ksm_verify_error
sections_verify(const uint8_t *blob, uint32_t length_bytes, struct view *view)
{
	static const uint8_t element_bytes[FORMAT_SECTIONS] = {
		sizeof(struct format_edge),
		sizeof(struct format_row),
		sizeof(struct format_program),
		sizeof(struct format_op),
		sizeof(struct format_set),
		sizeof(struct format_range),
		sizeof(struct format_state),
		sizeof(struct format_abort),
		1,
	};
	uint32_t at = sizeof(struct format_header);

	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		const uint8_t *entry = blob + offsetof(struct format_header, sections) +
				       i * sizeof(struct format_section);
		uint32_t count = format_u32(entry + offsetof(struct format_section, count));
		uint32_t end;

		if (format_u32(entry) != at || count > (length_bytes - at) / element_bytes[i]) {
			return KSM_SECTION;
		}
		view->at[i] = blob + at;
		view->count[i] = count;
		end = at + count * element_bytes[i];
		at = (end + 7) & ~UINT32_C(7);
		if (at > length_bytes) {
			return KSM_SECTION;
		}
		for (; end < at; end++) {
			if (blob[end] != 0) {
				return KSM_RESERVED;
			}
		}
	}
	return at == length_bytes ? KSM_OK : KSM_SECTION;
}

static enum ksm_verify_error
header_verify(
	const uint8_t *blob, size_t length_bytes, const uint8_t *digest, const uint8_t *core_digest)
{
	if (length_bytes < sizeof(struct format_header) || length_bytes > FORMAT_LENGTH_MAX) {
		return KSM_LENGTH;
	}
	if (format_u64(blob) != FORMAT_MAGIC) {
		return KSM_MAGIC;
	}
	if (format_u32(blob + offsetof(struct format_header, version)) != FORMAT_VERSION) {
		return KSM_VERSION;
	}
	if (format_u32(blob + offsetof(struct format_header, length_bytes)) != length_bytes) {
		return KSM_LENGTH;
	}
	if (!bytes_equal(blob + offsetof(struct format_header, digest), digest, 32)) {
		return KSM_DIGEST;
	}
	if (!bytes_equal(blob + offsetof(struct format_header, core_digest), core_digest, 32)) {
		return KSM_INTERFACES;
	}
	return KSM_OK;
}

static enum ksm_verify_error
limits_verify(const uint8_t *blob, struct view *view)
{
	view->label_count = format_u32(blob + offsetof(struct format_header, label_count));
	view->rule_count = format_u32(blob + offsetof(struct format_header, rule_count));
	view->entry_count = format_u32(blob + offsetof(struct format_header, entry_count));
	if (view->label_count > UINT32_C(0x10000) || view->rule_count > FORMAT_ACTION_NUMBER ||
		view->entry_count > FORMAT_ENTRIES_MAX ||
		view->count[FORMAT_EDGES] > FORMAT_EDGES_MAX ||
		format_u32(blob + offsetof(struct format_header, instance_count)) >
			UINT32_C(0x10000)) {
		return KSM_INDEX;
	}
	return KSM_OK;
}

static enum ksm_verify_error
edges_verify(const struct view *view)
{
	const uint8_t *edge = view->at[FORMAT_EDGES];
	uint64_t key_before = 0;
	uint32_t entries = 0;

	for (uint32_t i = 0; i < view->count[FORMAT_EDGES]; i++) {
		uint32_t ends = format_u32(edge);
		uint32_t speech = format_u32(edge + offsetof(struct format_edge, interface));
		uint32_t holder = ends & 0xffff;
		uint32_t target = ends >> 16;
		uint32_t interface = speech & 0xffff;
		uint32_t methods = speech >> 16;
		uint32_t first = format_u32(edge + offsetof(struct format_edge, first));
		uint64_t key = (uint64_t)holder << 32 | target << 16 | interface;

		if (holder == 0 || holder >= view->label_count || target == 0 ||
			target >= view->label_count || interface == 0 || methods == 0 ||
			key <= key_before || first > view->count[FORMAT_ROWS] ||
			methods > view->count[FORMAT_ROWS] - first ||
			methods > view->entry_count - entries) {
			return KSM_INDEX;
		}
		entries += methods;
		key_before = key;
		edge += sizeof(struct format_edge);
	}
	return entries == view->entry_count ? KSM_OK : KSM_INDEX;
}

/* carries: leases and handles, of which the host finds a word each at the start of the payload. */
static bool
shape_is_valid(uint32_t shape, uint32_t carries)
{
	return shape == FORMAT_SHAPE_NONE ||
	       (format_shape_high(shape) <= FORMAT_MESSAGE_MAX &&
		       format_shape_low(shape) <= format_shape_high(shape) &&
		       carries * FORMAT_CARRY_BYTES <= format_shape_low(shape));
}

/* low_bytes: the shortest message that the program sees. */
static bool
program_fits(const struct view *view, uint32_t number, uint32_t low_bytes)
{
	const uint8_t *program = view->at[FORMAT_PROGRAMS] + number * sizeof(struct format_program);

	return number < view->count[FORMAT_PROGRAMS] &&
	       format_u32(program + offsetof(struct format_program, count)) >> 16 <= low_bytes;
}

/* low_bytes: the shortest message that the action decides about; carries: leases or handles. */
static enum ksm_verify_error
action_verify(const struct view *view, uint32_t action, uint32_t low_bytes, bool carries)
{
	uint32_t audit = action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK;
	uint32_t number = action & FORMAT_ACTION_NUMBER;
	bool is_grant = (action & FORMAT_ACTION_GRANT) != 0;
	bool is_run = (action & FORMAT_ACTION_RUN) != 0;

	if ((action & FORMAT_ACTION_RESERVED) != 0 || (is_grant && is_run) ||
		(audit != 0 && !is_grant)) {
		return KSM_RESERVED;
	}
	if (is_run) {
		return program_fits(view, number, low_bytes) ? KSM_OK : KSM_INDEX;
	}
	return number > view->rule_count || (is_grant && (number == 0 || carries)) ? KSM_INDEX
										   : KSM_OK;
}

static enum ksm_verify_error
rows_verify(const struct view *view)
{
	const uint8_t *row = view->at[FORMAT_ROWS];

	for (uint32_t i = 0; i < view->count[FORMAT_ROWS]; i++) {
		uint32_t call = format_u32(row + offsetof(struct format_row, shape));
		uint32_t reply = format_u32(row + offsetof(struct format_row, shape) + 4);
		/* An error reply has no payload. */
		uint32_t low_bytes[3] = {format_shape_low(call), format_shape_low(reply), 0};
		uint32_t handles[2] = {
			format_shape_handles(call, false), format_shape_handles(reply, true)};
		uint32_t carries[3] = {handles[0] + format_shape_leases(call), handles[1], 0};

		/* A lone 1 says as much as 0, and each thing is said in one way. */
		if (call >> FORMAT_SHAPE_CALL_RESERVED != 0 ||
			(call >> FORMAT_SHAPE_MORE_SHIFT & FORMAT_SHAPE_LEASES_MASK) == 1) {
			return KSM_RESERVED;
		}
		if (handles[0] > FORMAT_HANDLES_MAX || handles[1] > FORMAT_HANDLES_MAX ||
			!shape_is_valid(call, carries[0]) || !shape_is_valid(reply, carries[1]) ||
			(format_shape_is_ask(call) &&
				(carries[0] != 0 || reply != FORMAT_SHAPE_NONE))) {
			return KSM_INDEX;
		}
		for (uint32_t event = 0; event < 3; event++) {
			enum ksm_verify_error error =
				action_verify(view, format_u32(row + (size_t)4 * event),
					low_bytes[event], carries[event] != 0);

			if (error != KSM_OK) {
				return error;
			}
		}
		row += sizeof(struct format_row);
	}
	return KSM_OK;
}

struct op {
	uint32_t code, a, b, c;
};

static struct op
op_read(const uint8_t *p)
{
	uint32_t low = format_u32(p);
	struct op op = {low & 0xff, low >> 8 & 0xff, low >> 16,
		format_u32(p + offsetof(struct format_op, c))};

	return op;
}

/* A field that every message has. */
static bool
field_is_valid(const struct op *op, uint32_t need_bytes, uint32_t more)
{
	uint32_t width = op->a & FORMAT_LOAD_WIDTH;
	uint32_t flags = FORMAT_LOAD_WIDTH | FORMAT_LOAD_SIGNED | more;

	return width - 1 < 8 && (width & (width - 1)) == 0 && (op->a & ~flags) == 0 &&
	       op->c <= need_bytes && width <= need_bytes - op->c;
}

/* Steps of a load, 0 if it is not valid. */
static uint32_t
load_verify(const struct op *op, uint32_t need_bytes)
{
	uint32_t steps = 1 + (op->a & FORMAT_LOAD_WIDTH);
	bool is_tail = op->a >> 4 == (op->a & FORMAT_LOAD_SECRET) >> 4 &&
		       (steps > 1) == (op->b == FORMAT_LOAD_PATH) && op->c <= FORMAT_MESSAGE_MAX;

	if (op->b - FORMAT_LOAD_TEXT > FORMAT_LOAD_PATH - FORMAT_LOAD_TEXT) {
		return op->b <= FORMAT_LOAD_INDEX &&
		       (field_is_valid(op, need_bytes, FORMAT_LOAD_SECRET) ||
			       (op->b == FORMAT_LOAD_INDEX && op->a == 0 && op->c <= 1));
	}
	return is_tail ? steps : 0;
}

static bool
deny_is_valid(const struct view *view, const struct op *op)
{
	if (op->b > 1 || op->c > view->rule_count) {
		return false;
	}
	if (op->a == KSM_SHAPE || op->a == KSM_DEFAULT) {
		return op->c == 0;
	}
	return (op->a == KSM_FORBID || op->a == KSM_GUARD || op->a == KSM_REPLY_TAIL) && op->c != 0;
}

/* Of which kinds (bits) the state may be that an op names: an effect in b, another in c. */
static const uint8_t state_kinds[FORMAT_OPS + 1] = {
#define X(name, number, cost, kinds, text) [(number)] = (kinds),
#include "ksm/ops.def"
#undef X
};

/* The rest of an op whose state has `count`. */
static bool
state_op_is_valid(const struct op *op, uint32_t count)
{
	bool is_c = op->a == 0 && op->c != 0;

	switch (op->code) {
	case FORMAT_OP_TAKE:
		return is_c && op->c <= count;
	case FORMAT_OP_ADD:
	case FORMAT_OP_SUB:
	case FORMAT_OP_INSERT:
	case FORMAT_OP_REMOVE:
		return is_c || (op->a == FORMAT_OPERAND_V && op->c == 0);
	case FORMAT_OP_ENTER:
		return op->a < count && op->c != 0 && (uint64_t)op->c >> count == 0;
	case FORMAT_OP_HOLD:
	case FORMAT_OP_DROP:
	case FORMAT_OP_ANEW:
		return op->a == 0 && op->c == 0;
	default:
		return op->code == FORMAT_OP_MEMBER || (op->a == 0 && op->b == 0);
	}
}

/* Steps of an op that names a state, 0 if it is not valid. */
static uint32_t
state_op_verify(const struct view *view, const struct op *op)
{
	uint32_t number = op->code >= FORMAT_OP_TAKE ? op->b : op->c;
	const uint8_t *state = view->at[FORMAT_STATES] + number * sizeof(struct format_state);
	uint32_t count;

	if (number >= view->count[FORMAT_STATES] || (state_kinds[op->code] >> state[0] & 1) == 0) {
		return 0;
	}
	count = format_u32(state + offsetof(struct format_state, count));
	if (!state_op_is_valid(op, count)) {
		return 0;
	}
	return op->code == FORMAT_OP_LOAD_STATE
		       ? 1
		       : format_state_cost((enum format_state_kind)state[0], count);
}

/* ops_left: with this one. Returns the op's steps, 0 if it is not valid. */
static uint32_t
op_verify(const struct view *view, const struct op *op, uint32_t ops_left, uint32_t need_bytes)
{
	if (op->code > FORMAT_OPS ||
		(op->code >= FORMAT_OP_IN && op->code <= FORMAT_OP_GRANTED &&
			(op->a > FORMAT_JUMP_IF_TRUE || op->b - 1 >= ops_left - 1))) {
		return 0;
	}
	if (state_kinds[op->code] != 0) {
		return state_op_verify(view, op);
	}
	switch (op->code) {
	case FORMAT_OP_LOAD:
		return load_verify(op, need_bytes);
	case FORMAT_OP_LOAD_OTHER:
		return op->b == 0 && field_is_valid(op, need_bytes, 0);
	case FORMAT_OP_ZERO:
		return op->a == 0 && op->b >= 1 && op->b < 8 && op->c <= need_bytes &&
		       op->b <= need_bytes - op->c;
	case FORMAT_OP_IN:
		return op->c >= view->count[FORMAT_SETS]
			       ? 0
			       : format_set_cost(format_u32(view->at[FORMAT_SETS] +
							    op->c * sizeof(struct format_set) +
							    offsetof(struct format_set, count)));
	case FORMAT_OP_LESS:
	case FORMAT_OP_LESS_EQUAL:
	case FORMAT_OP_EQUAL:
		return op->c == 0;
	case FORMAT_OP_GRANTED:
		return op->c - 1 < view->rule_count;
	case FORMAT_OP_ALLOW:
		return op->a <= FORMAT_ACTION_AUDIT_MASK && op->b == 0 &&
		       op->c - 1 < view->rule_count;
	case FORMAT_OP_DENY:
		return deny_is_valid(view, op);
	default:
		return 0;
	}
}

static bool
program_verify(const struct view *view, const uint8_t *p, uint32_t count, uint32_t need_bytes)
{
	uint32_t cost = 0;
	uint32_t effects = 0; /* that wait for their ALLOW */

	for (uint32_t i = 0; i < count; i++) {
		struct op op = op_read(p);
		uint32_t steps = op_verify(view, &op, count - i, need_bytes);

		cost += steps;
		effects += op.code > FORMAT_OP_LOAD_STATE;
		if (steps == 0 || cost > FORMAT_PROGRAM_COST_MAX || effects > FORMAT_EFFECTS_MAX) {
			return false;
		}
		if (op.code == FORMAT_OP_ALLOW) {
			effects = 0;
		} else if (effects != 0 && op.code != FORMAT_OP_LOAD &&
			   op.code <= FORMAT_OP_LOAD_STATE) {
			return false;
		}
		if (i == count - 1) {
			return op.code == FORMAT_OP_ALLOW || op.code == FORMAT_OP_DENY;
		}
		p += sizeof(struct format_op);
	}
	return false;
}

static enum ksm_verify_error
programs_verify(const struct view *view)
{
	const uint8_t *program = view->at[FORMAT_PROGRAMS];
	uint32_t at = 0;

	for (uint32_t i = 0; i < view->count[FORMAT_PROGRAMS]; i++) {
		uint32_t sizes = format_u32(program + offsetof(struct format_program, count));
		uint32_t count = sizes & 0xffff;
		uint32_t need = sizes >> 16;

		if (format_u32(program) != at || count > view->count[FORMAT_CODE] - at ||
			need > FORMAT_MESSAGE_MAX ||
			!program_verify(view, view->at[FORMAT_CODE] + at * sizeof(struct format_op),
				count, need)) {
			return KSM_PROGRAM;
		}
		at += count;
		program += sizeof(struct format_program);
	}
	return at == view->count[FORMAT_CODE] ? KSM_OK : KSM_PROGRAM;
}

static bool
set_verify(const uint8_t *range, uint32_t count)
{
	int64_t high_before = 0;

	for (uint32_t i = 0; i < count; i++) {
		int64_t low = (int64_t)format_u64(range);
		int64_t high = (int64_t)format_u64(range + offsetof(struct format_range, high));

		/* The first comparison keeps the subtraction in range. */
		if (high < low || (i != 0 && (low <= high_before || low - 1 <= high_before))) {
			return false;
		}
		high_before = high;
		range += sizeof(struct format_range);
	}
	return count != 0;
}

static enum ksm_verify_error
sets_verify(const struct view *view)
{
	const uint8_t *set = view->at[FORMAT_SETS];
	uint32_t at = 0;

	for (uint32_t i = 0; i < view->count[FORMAT_SETS]; i++) {
		uint32_t count = format_u32(set + offsetof(struct format_set, count));

		if (format_u32(set) != at || count > view->count[FORMAT_RANGES] - at ||
			!set_verify(view->at[FORMAT_RANGES] + at * sizeof(struct format_range),
				count)) {
			return KSM_PROGRAM;
		}
		at += count;
		set += sizeof(struct format_set);
	}
	return at == view->count[FORMAT_RANGES] ? KSM_OK : KSM_PROGRAM;
}

/* A program without bytes, for an entry or an edge that exists. */
static enum ksm_verify_error
aborts_verify(const struct view *view)
{
	const uint8_t *abort = view->at[FORMAT_ABORTS];
	uint32_t entry_count = view->entry_count + 2 * view->count[FORMAT_EDGES];
	uint32_t next = 0;

	for (uint32_t i = 0; i < view->count[FORMAT_ABORTS]; i++) {
		uint32_t entry = format_u32(abort);

		if (entry < next || entry >= entry_count ||
			!program_fits(view,
				format_u32(abort + offsetof(struct format_abort, program)), 0)) {
			return KSM_INDEX;
		}
		next = entry + 1;
		abort += sizeof(struct format_abort);
	}
	return KSM_OK;
}

enum ksm_verify_error
ksm_verify(const uint8_t *blob, size_t length_bytes, const uint8_t digest[32],
	const uint8_t core_digest[32])
{
	struct view view;
	enum ksm_verify_error error = header_verify(blob, length_bytes, digest, core_digest);

	error = error == KSM_OK ? sections_verify(blob, (uint32_t)length_bytes, &view) : error;
	error = error == KSM_OK ? limits_verify(blob, &view) : error;
	error = error == KSM_OK ? edges_verify(&view) : error;
	error = error == KSM_OK ? rows_verify(&view) : error;
	error = error == KSM_OK ? aborts_verify(&view) : error;
	error = error == KSM_OK ? sets_verify(&view) : error;
	error = error != KSM_OK ? error
				: ksm_state_verify(view.at[FORMAT_STATES],
					  view.count[FORMAT_STATES], view.label_count);
	return error == KSM_OK ? programs_verify(&view) : error;
}
