/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* budget.c: CPU time: what processes and instances say of it, and what follows for the system. */
#include "budget.h"

#include <inttypes.h>

#include "abi/system.h"
#include "ast.h"
#include "compile.h"
#include "sema.h"

#define NS_PER_US     UINT64_C(1000)
#define LEAST_NS      (10 * NS_PER_US)
#define PERIOD_MAX_NS UINT64_C(60000000000)
#define SHARES        1000u /* of the CPU */

static const char *
time_text(struct sema *s, uint64_t ns)
{
	static const struct {
		uint64_t ns;
		const char *unit;
	} units[] = {{UINT64_C(1000000000), "s"}, {1000000, "ms"}, {NS_PER_US, "us"}, {1, "ns"}};
	uint32_t i = 0;

	while (ns % units[i].ns != 0) {
		i++;
	}
	return arena_format(&s->c->arena, "%" PRIu64 "%s", ns / units[i].ns, units[i].unit);
}

void
budget_read(struct sema *s, const struct ast_number *amount, const struct ast_number *period,
	struct l1_budget *budget)
{
	if (amount->magnitude < LEAST_NS || amount->magnitude % NS_PER_US != 0) {
		diag_help(diag_error(s->c, amount->span, "P12",
				  "a budget is at least 10us, in whole microseconds"),
			"write at least 10us, less than its period: `budget 2ms per 10ms`");
	} else if (period->magnitude > PERIOD_MAX_NS || period->magnitude % NS_PER_US != 0) {
		diag_help(diag_error(s->c, period->span, "P12",
				  "a period is at most 60s, in whole microseconds"),
			"write a shorter one: `budget 2ms per 10ms`");
	} else if (amount->magnitude >= period->magnitude) {
		struct diag *d =
			diag_error(s->c, amount->span, "P12", "a budget of %s per %s is no limit",
				time_text(s, amount->magnitude), time_text(s, period->magnitude));

		diag_help(d, "less than the period; without the line it takes what is left");
	} else {
		*budget = (struct l1_budget){amount->magnitude, period->magnitude};
	}
}

void
budget_time_read(
	struct sema *s, const struct ast_number *number, const char *what, uint64_t *time_ns)
{
	if (number->magnitude < LEAST_NS || number->magnitude > PERIOD_MAX_NS ||
		number->magnitude % NS_PER_US != 0) {
		diag_help(diag_error(s->c, number->span, "P13",
				  "a %s is 10us to 60s, in whole microseconds", what),
			"write a time between them: `reserve 1ms`");
		return;
	}
	*time_ns = number->magnitude;
}

void
budget_class_check(struct sema *s, const struct l1_class *class, const struct ast_number *at)
{
	struct diag *d;

	if (at == NULL || class->cost_ns == 0 || class->reserve_ns >= class->cost_ns) {
		return;
	}
	d = diag_error(s->c, at->span, "P13", "a call costs %s, and the reserve is %s",
		time_text(s, class->cost_ns),
		class->reserve_ns == 0 ? "none" : time_text(s, class->reserve_ns));
	diag_help(d,
		"a caller's budget may be used up as the call begins: `reserve %s` lets it end",
		time_text(s, class->cost_ns));
}

/* --- who works for whom -------------------------------------------------------------------- */

/* Marks the servers that work for instance `from`, directly or through others. Each turn marks one
 * at least or is the last. */
static void
servers_mark(const struct sema *s, uint32_t from, bool *is_server)
{
	bool is_new = true;

	while (is_new) {
		is_new = false;
		for (uint32_t i = 1; i < s->instances.count; i++) {
			const struct instance_info *client = sema_instance(s, i);
			const struct wire_info *wires = client->wires.elements;

			for (uint32_t w = 0; w < client->wires.count; w++) {
				if ((i == from || is_server[i]) && !is_server[wires[w].target]) {
					is_server[wires[w].target] = true;
					is_new = true;
				}
			}
		}
	}
}

static uint64_t
reserve_of(const struct sema *s, const struct instance_info *instance)
{
	return s->l1->classes[instance->class->index].reserve_ns;
}

/* False: it said one error, which is enough. */
static bool
reserves_check(struct sema *s, uint32_t payer)
{
	bool *is_server = arena_array(&s->c->arena, s->instances.count, sizeof *is_server);

	servers_mark(s, payer, is_server);
	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *server = sema_instance(s, i);
		struct diag *d;

		if (!is_server[i] || i == payer || reserve_of(s, server) != 0) {
			continue;
		}
		d = diag_error(s->c, server->at, "P13",
			"`%s` works for `%s`, which has a budget, and has no reserve", server->name,
			sema_instance(s, payer)->name);
		diag_help(d,
			"say in process `%s` how long a call may go on when the caller's budget is "
			"used up: `reserve 1ms`",
			server->class->symbol->name);
		return false;
	}
	return true;
}

/* Of the CPU, rounded up. */
static uint64_t
share_of(const struct l1_budget *budget)
{
	return budget->amount_ns == 0
		       ? 0
		       : (budget->amount_ns * SHARES + budget->period_ns - 1) / budget->period_ns;
}

static uint64_t
shares_sum(const struct sema *s)
{
	uint64_t sum = 0;

	for (uint32_t i = 1; i < s->instances.count; i++) {
		sum += share_of(&sema_instance(s, i)->budget);
	}
	return sum;
}

void
budget_check(struct sema *s)
{
	for (uint32_t i = 1; i < s->instances.count; i++) {
		if (sema_instance(s, i)->budget.amount_ns != 0 && !reserves_check(s, i)) {
			return;
		}
	}
	if (shares_sum(s) > SHARES) {
		diag_help(diag_warning(s->c, ast_item_name(s->system)->span, "P12",
				  "all budgets together are %" PRIu64 " of %u parts of the CPU",
				  shares_sum(s), SHARES),
			"the instances of lowest priority will not get theirs");
	}
}

/* --- bounds -------------------------------------------------------------------------------- */

/* Threads that can wait at its endpoint: of each caller one, and what fits into its account. */
static uint64_t
callers_count(const struct sema *s, uint32_t server)
{
	uint64_t count = 0;

	for (uint32_t i = 1; i < s->instances.count; i++) {
		const struct instance_info *client = sema_instance(s, i);
		const struct wire_info *wires = client->wires.elements;
		bool is_caller = false;

		for (uint32_t w = 0; w < client->wires.count; w++) {
			is_caller = is_caller || wires[w].target == server;
		}
		if (is_caller) {
			uint64_t threads = 1 + client->memory_bytes / SYSTEM_THREAD_LEAST;
			count += threads < SYSTEM_THREADS_MAX ? threads : SYSTEM_THREADS_MAX;
		}
	}
	return count;
}

/* Instances with a budget whose calls it may have to end on its reserve. */
static uint32_t
payers_count(const struct sema *s, uint32_t server)
{
	uint32_t count = 0;

	for (uint32_t i = 1; i < s->instances.count; i++) {
		bool *is_server = arena_array(&s->c->arena, s->instances.count, sizeof *is_server);

		if (i != server && sema_instance(s, i)->budget.amount_ns != 0) {
			servers_mark(s, i, is_server);
			count += is_server[server];
		}
	}
	return count;
}

static void
line_print(struct sema *s, uint32_t index, FILE *out)
{
	const struct instance_info *instance = sema_instance(s, index);
	uint64_t callers = callers_count(s, index);
	uint32_t payers = payers_count(s, index);

	(void)fprintf(out, "%4u  %s: ", instance->number, instance->name);
	if (instance->budget.amount_ns != 0) {
		(void)fprintf(out, "%s per %s, %" PRIu64 " of %u of the CPU",
			time_text(s, instance->budget.amount_ns),
			time_text(s, instance->budget.period_ns), share_of(&instance->budget),
			SHARES);
	} else {
		(void)fputs("no budget", out);
	}
	if (callers > 0) {
		(void)fprintf(out, "; at most %" PRIu64 " calls wait", callers);
	}
	if (payers > 0) {
		(void)fprintf(out, "; goes on for callers that used theirs up, at most %u x %s",
			payers, time_text(s, reserve_of(s, instance)));
	}
	(void)fputc('\n', out);
}

void
budget_print(struct sema *s, FILE *out)
{
	uint32_t budgets = 0;

	(void)fputs("CPU time and bounds of queues:\n", out);
	for (uint32_t number = 1; number < s->instances.count; number++) {
		for (uint32_t i = 1; i < s->instances.count; i++) {
			if (sema_instance(s, i)->number == number) {
				line_print(s, i, out);
				budgets += sema_instance(s, i)->budget.amount_ns != 0;
			}
		}
	}
	(void)fprintf(out,
		"      budgets: %" PRIu64 " of %u of the CPU; at most %u wait for a refill\n",
		shares_sum(s), SHARES, budgets);
}
