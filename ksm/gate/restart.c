/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* restart.c: when instances and groups are started again, and what if that is no help. */
#include "restart.h"

#include "abi/system.h"
#include "ast.h"
#include "ast_process.h"
#include "compile.h"
#include "scope.h"
#include "sema.h"
#include "who.h"

#define NS_PER_MS          UINT64_C(1000000)
#define TIME_MOST_MS       UINT64_C(86400000) /* a day */
#define LIMIT_MOST         255u
#define AFTER_DEFAULT_MS   10u
#define AFTER_DEFAULT_MOST 1000u
#define PERIOD_DEFAULT_MS  10000u

static void
time_check(struct sema *s, const struct ast_number *time)
{
	if (time->magnitude == 0 || time->magnitude % NS_PER_MS != 0 ||
		time->magnitude / NS_PER_MS > TIME_MOST_MS) {
		diag_help(diag_error(s->c, time->span, "P14",
				  "a time of a restart is 1ms to 1d, in whole milliseconds"),
			"write a time between them: `after 10ms..1s`");
	}
}

void
restart_check(struct sema *s, const struct ast_restart *ast)
{
	if (ast->after_low != NULL) {
		time_check(s, ast->after_low);
		if (ast->after_high != ast->after_low) {
			time_check(s, ast->after_high);
		}
		if (ast->after_low->magnitude > ast->after_high->magnitude) {
			diag_help(diag_error(s->c, ast->after_high->span, "P14",
					  "the longest delay is shorter than the first"),
				"write `after FIRST..LONGEST`");
		}
	}
	if (ast->number == NULL) {
		return;
	}
	time_check(s, &ast->period);
	if (ast->number->negative || ast->number->magnitude < 1 ||
		ast->number->magnitude > LIMIT_MOST) {
		diag_help(diag_error(s->c, ast->number->span, "P14", "a limit of restarts is 1..%u",
				  LIMIT_MOST),
			"write `at most 5 per 1min`");
	}
}

static uint32_t
milliseconds(const struct ast_number *time)
{
	return (uint32_t)(time->magnitude / NS_PER_MS);
}

/* Returns the index of a group in l1->groups, added if need be. */
static uint16_t
group_index(struct sema *s, const struct symbol *symbol)
{
	const struct symbol **groups = s->restart_groups.elements;
	const struct symbol **slot;

	for (uint32_t i = 0; i < s->restart_groups.count; i++) {
		if (groups[i] == symbol) {
			return (uint16_t)i;
		}
	}
	slot = vector_push(&s->restart_groups, &s->c->arena, sizeof *slot);
	*slot = symbol;
	return (uint16_t)(s->restart_groups.count - 1);
}

struct l1_restart
restart_lower(struct sema *s, const struct unit *unit, const struct ast_restart *ast)
{
	struct l1_restart restart = {
		.after_ms = AFTER_DEFAULT_MS,
		.after_most_ms = AFTER_DEFAULT_MOST,
		.period_ms = PERIOD_DEFAULT_MS,
	};
	const struct symbol *symbol;

	if (ast == NULL) {
		return restart;
	}
	restart.mode = (uint8_t)ast->mode;
	if (ast->after_low != NULL) {
		restart.after_ms = milliseconds(ast->after_low);
		restart.after_most_ms = milliseconds(ast->after_high);
	}
	if (ast->number != NULL) {
		restart.limit = (uint8_t)ast->number->magnitude;
		restart.period_ms = milliseconds(&ast->period);
		restart.step = (uint8_t)ast->step;
	}
	if (ast->group.text != NULL && s->system != NULL) {
		symbol = scope_get(s, unit, &ast->group, AST_ITEM_GROUP, "P15");
		restart.group = symbol == NULL ? 0 : group_index(s, symbol);
	}
	return restart;
}

static void
member_add(struct l1_group *group, uint16_t number)
{
	uint32_t at = group->member_count++;

	for (; at > 0 && group->members[at - 1] > number; at--) {
		group->members[at] = group->members[at - 1];
	}
	group->members[at] = number;
}

static void
group_fill(struct sema *s, const struct symbol *symbol, struct l1_group *group)
{
	const struct ast_group *ast = symbol->item->group;
	struct vector parties = {0};
	const struct party *party;

	group->name = symbol->name;
	group->restart = restart_lower(s, symbol->unit, ast->restart);
	group->restart.mode = SYSTEM_RESTART_ALWAYS;
	if (!who_resolve(s, symbol->unit, NULL, ast->who, WHO_SENDER, &parties)) {
		return;
	}
	party = parties.elements;
	group->members = arena_array(&s->c->arena, parties.count + 1, sizeof *group->members);
	for (uint32_t i = 0; i < parties.count; i++) {
		if (party[i].kind == PARTY_INSTANCE && party[i].instance->number != 0) {
			member_add(group, party[i].instance->number);
		} else if (!party[i].is_any) {
			diag_help(diag_error(s->c, party[i].at, "P15",
					  "only instances are restarted or stay in safe mode"),
				"leave it out of the group");
		}
	}
	if (ast->restart != NULL && ast->restart->step == AST_ELSE_GROUP &&
		ast->restart->group.text != NULL) {
		diag_help(diag_error(s->c, ast->restart->group.span, "P15",
				  "a group gives up to no other group"),
			"write `else stop`, `else safe GROUP` or `else reset`");
	}
}

static bool
is_member(const struct l1_group *group, uint16_t number)
{
	for (uint32_t i = 0; i < group->member_count; i++) {
		if (group->members[i] == number) {
			return true;
		}
	}
	return false;
}

/* Who gives up to a group that it is not of would stay dead, and its group live. */
static void
membership_check(struct sema *s, const struct instance_info *instance)
{
	const struct l1_restart *restart = &s->l1->instances[instance->number].restart;
	const struct l1_group *group;

	if (restart->step != SYSTEM_STEP_GROUP) {
		return;
	}
	group = &s->l1->groups[restart->group];
	if (!is_member(group, instance->number)) {
		diag_help(diag_error(s->c, instance->restart->group.span, "P15",
				  "`%s` is not of group `%s`", instance->name, group->name),
			"add it to the group, or name a group that it is of");
	}
}

void
restart_groups(struct sema *s)
{
	struct vector groups = {0};

	/* It may grow on the way: a group names the one that stays in safe mode. */
	for (uint32_t i = 0; i < s->restart_groups.count; i++) {
		struct l1_group *group = vector_push(&groups, &s->c->arena, sizeof *group);

		group_fill(s, ((const struct symbol **)s->restart_groups.elements)[i], group);
	}
	if (s->c->diags.error_count != 0) {
		return;
	}
	s->l1->groups = groups.elements;
	s->l1->group_count = groups.count;
	for (uint32_t i = 1; i < s->instances.count; i++) {
		membership_check(s, sema_instance(s, i));
	}
}
