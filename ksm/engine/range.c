/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Which range a program grants, found in its ops. */
#include "ksm/engine/range.h"

#include "ksm/engine/plain.h"

_Static_assert(sizeof(struct ksm_range) % sizeof(uint64_t) == 0, "they stand behind words");

/* Narrows the range to what a set of one range has, too. False: nothing, or it has more ranges. */
static bool
narrow(const struct ksm *ksm, uint32_t index, int64_t *low, int64_t *high)
{
	const uint8_t *set = ksm->at[FORMAT_SETS] + index * sizeof(struct format_set);
	const uint8_t *range =
		ksm->at[FORMAT_RANGES] + format_u32(set) * sizeof(struct format_range);
	int64_t from = (int64_t)format_u64(range);
	int64_t to = (int64_t)format_u64(range + offsetof(struct format_range, high));

	*low = from > *low ? from : *low;
	*high = to < *high ? to : *high;
	return format_u32(set + offsetof(struct format_set, count)) == 1 && *low <= *high;
}

/* Looks at a verified program: follows its first field through tests that hold. */
static void
range_find(const struct ksm *ksm, uint32_t number, struct ksm_range *range)
{
	const uint8_t *op =
		ksm->at[FORMAT_CODE] +
		format_u32(ksm->at[FORMAT_PROGRAMS] + number * sizeof(struct format_program)) *
			sizeof(struct format_op);
	int64_t low = INT64_MIN;
	int64_t high = INT64_MAX;
	uint32_t zeros = 0;

	range->kind = KSM_RANGE_NONE;
	if (op[0] != FORMAT_OP_LOAD ||
		format_u16(op + offsetof(struct format_op, b)) != FORMAT_LOAD_FIELD) {
		return;
	}
	range->how = op[1];
	range->offset = (uint16_t)format_u32(op + offsetof(struct format_op, c));
	op += sizeof(struct format_op);
	for (; op[0] == FORMAT_OP_IN; op += sizeof(struct format_op)) {
		if (!narrow(ksm, format_u32(op + offsetof(struct format_op, c)), &low, &high)) {
			return;
		}
		if (op[1] == FORMAT_JUMP_IF_TRUE) {
			op += (format_u16(op + offsetof(struct format_op, b)) - 1) *
			      sizeof(struct format_op);
		}
	}
	if (op[0] == FORMAT_OP_ZERO) {
		range->zeros = (uint16_t)format_u32(op + offsetof(struct format_op, c));
		zeros = format_u16(op + offsetof(struct format_op, b));
		op += sizeof(struct format_op);
	}
	if (op[0] == FORMAT_OP_ALLOW && op[1] == 0) {
		range->rule = format_u32(op + offsetof(struct format_op, c));
		range->low = (uint64_t)low;
		range->span = (uint64_t)high - (uint64_t)low;
		range->kind = (uint8_t)(KSM_RANGE_GRANTS + zeros);
	}
}

/* Once it is known that it grants something, nobody asks here any more. */
bool __attribute__((cold))
ksm_range_grants(const struct ksm *ksm, uint32_t number, struct ksm_range *range)
{
	if (range->kind == KSM_RANGE_UNKNOWN) {
		range_find(ksm, number, range);
	}
	return range->kind >= KSM_RANGE_GRANTS;
}

bool
ksm_range_is_zero(const struct ksm_range *range, const uint8_t *bytes)
{
	uint32_t left = range->kind - KSM_RANGE_GRANTS;

	bytes += range->zeros;
	while (left > 0 && *bytes == 0) {
		left--;
		bytes++;
	}
	return left == 0;
}
