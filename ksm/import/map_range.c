/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* map_range.c: which values of a key no rule tells apart: a state of a machine for each such range.
 */
#include <inttypes.h>
#include <string.h>

#include "ksm/gate/compile.h"
#include "map.h"
#include "model.h"
#include "world.h"

static void
cut_add(struct models *all, struct map_value *v, int64_t at)
{
	const int64_t *cuts = v->cuts.elements;

	for (uint32_t i = 0; i < v->cuts.count; i++) {
		if (cuts[i] == at) {
			return;
		}
	}
	*(int64_t *)vector_push(&v->cuts, &all->world->compile->arena, sizeof at) = at;
	all->is_stale = true;
}

/* A range begins where the comparison with a number begins or ends to hold. */
void
map_cut(struct models *all, struct map_value *v, const char *operator, int64_t number)
{
	bool is_equal = operator[1] == '=' &&(operator[0] == '=' || operator[0] == '!');
	bool is_behind = strcmp(operator, "<=") == 0 || strcmp(operator, ">") == 0;

	if (!is_behind) {
		cut_add(all, v, number);
	}
	if ((is_equal || is_behind) && number != INT64_MAX) {
		cut_add(all, v, number + 1);
	}
}

static void
cuts_sort(int64_t *cuts, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		int64_t one = cuts[i];
		uint32_t at = i;

		for (; at > 0 && cuts[at - 1] > one; at--) {
			cuts[at] = cuts[at - 1];
		}
		cuts[at] = one;
	}
}

/* Narrows a range to what the key may have at some time. Returns whether that is anything. */
static bool
range_narrow(const struct map_value *v, struct range *r)
{
	struct range all = {.low = INT64_MAX, .high = INT64_MIN};

	for (uint32_t i = 0; i < v->entered.count; i++) {
		struct range one = ((const struct range *)v->entered.elements)[i];

		one.low = one.low < r->low ? r->low : one.low;
		one.high = one.high > r->high ? r->high : one.high;
		if (one.low <= one.high) {
			all.low = one.low < all.low ? one.low : all.low;
			all.high = one.high > all.high ? one.high : all.high;
		}
	}
	*r = all;
	return all.low <= all.high;
}

static const char *
range_word(struct arena *a, const struct range *r)
{
	const char *low = arena_format(a, "%s%" PRId64, r->low < 0 ? "m" : "v", r->low);
	const char *high = arena_format(a, "%s%" PRId64, r->high < 0 ? "m" : "", r->high);
	char *word;
	size_t n = 0;

	word = arena_format(
		a, "%s%s%s", low, r->low == r->high ? "" : "_to_", r->low == r->high ? "" : high);
	for (const char *c = word; *c != 0; c++) {
		if (*c != '-') {
			word[n++] = *c;
		}
	}
	word[n] = 0;
	return word;
}

static void
machine_fill(struct models *all, struct map_value *v, uint32_t which, uint32_t count)
{
	struct arena *a = &all->world->compile->arena;
	struct model *m = v->machines[which];

	m->state_count = count;
	m->is_present = true;
	for (uint32_t i = 0; i < count; i++) {
		m->states[i] = range_word(a, &v->ranges[i]);
		m->moves[i] = (UINT64_C(1) << count) - 1;
		if (v->first[which] >= v->ranges[i].low && v->first[which] <= v->ranges[i].high) {
			m->initial = i;
		}
	}
	m->state = m->initial;
}

static void
value_build(struct models *all, struct map_value *v)
{
	const struct range *entered = v->entered.elements;
	struct range type = {0};
	struct range one;
	struct range own;
	uint32_t count = 0;
	bool is_last = false;

	for (uint32_t i = 0; v->is_exact && i < v->entered.count; i++) {
		for (uint32_t n = 0; n < MAP_STATES_MAX; n++) {
			if (entered[i].high - n >= entered[i].low) {
				map_cut(all, v, "==", entered[i].high - n);
			}
		}
	}
	cuts_sort(v->cuts.elements, v->cuts.count);
	(void)map_type(v->map->object, &type);
	one.low = type.low;
	v->is_crowded = false;
	v->is_built = true;
	for (uint32_t i = 0; !is_last; i++) {
		const int64_t *cuts = v->cuts.elements;

		is_last = i == v->cuts.count || cuts[i] > type.high;
		one.high = is_last ? type.high : cuts[i] - 1;
		if (one.low > one.high) {
			continue;
		}
		own = one;
		if (range_narrow(v, &own)) {
			v->is_crowded = v->is_crowded || count == MAP_STATES_MAX;
			if (!v->is_crowded) {
				v->ranges[count++] = own;
			}
		}
		one.low = is_last ? one.low : one.high + 1;
	}
	machine_fill(all, v, 0, count);
	machine_fill(all, v, 1, count);
}

void
map_build(struct models *all, struct model *map)
{
	for (uint32_t i = 0; i < map->values.count; i++) {
		value_build(all, ((struct map_value *const *)map->values.elements)[i]);
	}
}
