/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The verifier: one pass over a blob, no recursion, no memory. What it lets through, decide.c and
 * edge.c use without a further check: every index is in its table, every load inside the shortest
 * message of every row that runs the program, jumps go forward and end in the same program.
 */
#include "ksm/engine/ksm.h"
#include "ksm/engine/state.h"
#include "ksm/engine/verify.h"
#include "ksm/format_state.h"

/*@ requires \valid_read(a + (0 .. length - 1)) && \valid_read(b + (0 .. length - 1));
  @ assigns \nothing;
  @*/
static bool
bytes_equal(const uint8_t *a, const uint8_t *b, size_t length)
{
	uint8_t difference = 0;

	/*@ loop invariant 0 <= i <= length;
	  @ loop assigns i, difference;
	  @ loop variant length - i;
	  @*/
	for (size_t i = 0; i < length; i++) {
		difference |= a[i] ^ b[i];
	}
	return difference == 0;
}

/* Sections follow each other in order, without a gap but for zero bytes up to a multiple of 8. */
/*@ requires sizeof(struct format_header) <= length_bytes <= FORMAT_LENGTH_MAX;
  @ requires \valid_read(blob + (0 .. length_bytes - 1)) && \valid(view);
  @ assigns view->at[0 .. FORMAT_SECTIONS - 1], view->count[0 .. FORMAT_SECTIONS - 1];
  @ ensures \result == KSM_OK ==> sections_fit(view);
  @*/
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

	/*@ loop invariant 0 <= i <= FORMAT_SECTIONS;
	  @ loop invariant sizeof(struct format_header) <= at <= length_bytes;
	  @ loop invariant \forall integer k; 0 <= k < i ==>
	  @   section_fits(view, k, element_bytes[k]);
	  @ loop assigns i, at, view->at[0 .. FORMAT_SECTIONS - 1],
	  @   view->count[0 .. FORMAT_SECTIONS - 1];
	  @ loop variant FORMAT_SECTIONS - i;
	  @*/
	for (uint32_t i = 0; i < FORMAT_SECTIONS; i++) {
		const uint8_t *entry = blob + offsetof(struct format_header, sections) +
				       i * sizeof(struct format_section);
		uint32_t count = format_u32(entry + offsetof(struct format_section, count));
		uint32_t end;

		if (format_u32(entry) != at ||
			(uint64_t)count * element_bytes[i] > length_bytes - at) {
			return KSM_SECTION;
		}
		view->at[i] = blob + at;
		view->count[i] = count;
		end = at + count * element_bytes[i];
		at = (end + 7) / 8 * 8;
		if (at > length_bytes) {
			return KSM_SECTION;
		}
		/*@ loop invariant end <= at;
		  @ loop assigns end;
		  @ loop variant at - end;
		  @*/
		for (; end < at; end++) {
			if (blob[end] != 0) {
				return KSM_RESERVED;
			}
		}
	}
	return at == length_bytes ? KSM_OK : KSM_SECTION;
}

/*@ requires \valid_read(blob + (0 .. length_bytes - 1));
  @ requires \valid_read(digest + (0 .. 31)) && \valid_read(core_digest + (0 .. 31));
  @ assigns \nothing;
  @ ensures \result == KSM_OK ==>
  @   sizeof(struct format_header) <= length_bytes <= FORMAT_LENGTH_MAX;
  @*/
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

/*@ requires \valid_read(blob + (0 .. sizeof(struct format_header) - 1)) && \valid(view);
  @ assigns view->label_count, view->rule_count, view->entry_count;
  @*/
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

/*@ requires sections_fit(view);
  @ assigns \nothing;
  @*/
static enum ksm_verify_error
edges_verify(const struct view *view)
{
	const uint8_t *edge = view->at[FORMAT_EDGES];
	uint64_t key_before = 0;
	uint32_t entries = 0;

	/*@ loop invariant 0 <= i <= view->count[FORMAT_EDGES];
	  @ loop invariant edge == view->at[FORMAT_EDGES] + i * sizeof(struct format_edge);
	  @ loop assigns i, edge, key_before, entries;
	  @ loop variant view->count[FORMAT_EDGES] - i;
	  @*/
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
/*@ assigns \nothing; */
static bool
shape_is_valid(uint32_t shape, uint32_t carries)
{
	return shape == FORMAT_SHAPE_NONE ||
	       (format_shape_high(shape) <= FORMAT_MESSAGE_MAX &&
		       format_shape_low(shape) <= format_shape_high(shape) &&
		       carries * FORMAT_CARRY_BYTES <= format_shape_low(shape));
}

/* low_bytes: the shortest message that the program sees. */
/*@ requires sections_fit(view);
  @ assigns \nothing;
  @ ensures \result ==> number < view->count[FORMAT_PROGRAMS];
  @*/
static bool
program_fits(const struct view *view, uint32_t number, uint32_t low_bytes)
{
	const uint8_t *program = view->at[FORMAT_PROGRAMS] + number * sizeof(struct format_program);

	return number < view->count[FORMAT_PROGRAMS] &&
	       format_u32(program + offsetof(struct format_program, count)) >> 16 <= low_bytes;
}

/* low_bytes: the shortest message that the action decides about; carries: leases or handles. */
/*@ requires sections_fit(view);
  @ assigns \nothing;
  @*/
static enum ksm_verify_error
action_verify(const struct view *view, uint32_t action, uint32_t low_bytes, bool carries)
{
	uint32_t audit = action >> FORMAT_ACTION_AUDIT_SHIFT & FORMAT_ACTION_AUDIT_MASK;
	uint32_t number = action & FORMAT_ACTION_NUMBER;
	bool is_grant = (action & FORMAT_ACTION_GRANT) != 0;
	bool is_run = (action & FORMAT_ACTION_RUN) != 0;

	if ((action & FORMAT_ACTION_RESERVED) != 0 || (is_grant && is_run) ||
		audit > (is_grant ? KSM_AUDIT_MUST : KSM_AUDIT_UNSAID)) {
		return KSM_RESERVED;
	}
	if (is_run) {
		return program_fits(view, number, low_bytes) ? KSM_OK : KSM_INDEX;
	}
	return number > view->rule_count || (is_grant && (number == 0 || carries)) ? KSM_INDEX
										   : KSM_OK;
}

/*@ requires sections_fit(view);
  @ assigns \nothing;
  @*/
static enum ksm_verify_error
rows_verify(const struct view *view)
{
	const uint8_t *row = view->at[FORMAT_ROWS];

	/*@ loop invariant 0 <= i <= view->count[FORMAT_ROWS];
	  @ loop invariant row == view->at[FORMAT_ROWS] + i * sizeof(struct format_row);
	  @ loop assigns i, row;
	  @ loop variant view->count[FORMAT_ROWS] - i;
	  @*/
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
		/*@ loop invariant 0 <= event <= 3;
		  @ loop assigns event;
		  @ loop variant 3 - event;
		  @*/
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

/* A program without bytes, for an entry or an edge that exists. */
/*@ requires sections_fit(view);
  @ assigns \nothing;
  @*/
static enum ksm_verify_error
aborts_verify(const struct view *view)
{
	const uint8_t *abort = view->at[FORMAT_ABORTS];
	uint32_t entry_count = view->entry_count + 2 * view->count[FORMAT_EDGES];
	uint32_t next = 0;

	/*@ loop invariant 0 <= i <= view->count[FORMAT_ABORTS];
	  @ loop invariant abort == view->at[FORMAT_ABORTS] + i * sizeof(struct format_abort);
	  @ loop assigns i, abort, next;
	  @ loop variant view->count[FORMAT_ABORTS] - i;
	  @*/
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

/*@ requires \valid_read(blob + (0 .. length_bytes - 1));
  @ requires \valid_read(digest + (0 .. 31)) && \valid_read(core_digest + (0 .. 31));
  @ assigns \nothing;
  @*/
enum ksm_verify_error
ksm_verify(const uint8_t *blob, size_t length_bytes, const uint8_t digest[32],
	const uint8_t core_digest[32])
{
	struct view view;
	enum ksm_verify_error error = header_verify(blob, length_bytes, digest, core_digest);

	if (error == KSM_OK) {
		error = sections_verify(blob, (uint32_t)length_bytes, &view);
	}
	error = error == KSM_OK ? limits_verify(blob, &view) : error;
	error = error == KSM_OK ? edges_verify(&view) : error;
	error = error == KSM_OK ? rows_verify(&view) : error;
	error = error == KSM_OK ? aborts_verify(&view) : error;
	error = error == KSM_OK ? ksm_sets_verify(&view) : error;
	error = error != KSM_OK ? error
				: ksm_state_verify(view.at[FORMAT_STATES],
					  view.count[FORMAT_STATES], view.label_count);
	return error == KSM_OK ? ksm_programs_verify(&view) : error;
}
