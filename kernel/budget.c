/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Budgets as sporadic servers. Amounts are neither made nor lost: each use moves what it took to
 * the end of the list. Times only grow along the list, so that moving is appending, and every loop
 * is bounded by BUDGET_REFILLS. When the list is full, the last refill takes what comes and waits
 * for the later of both times: merging can delay, never amplify (seL4 #1365).
 */
#include "kernel/budget.h"

#include "kernel/assert.h"
#include "kernel/memory.h"

#define PERIODS_SHIFT_MAX 16 /* a run on credit of more budgets than this is not all paid back */

static struct {
	struct budget *all;
	uint32_t count;
} budgets;

size_t __attribute__((section(".boot.text"))) budget_memory_bytes(uint32_t instances)
{
	return instances * sizeof(struct budget);
}

void __attribute__((section(".boot.text"))) budget_init(void *memory, uint32_t instances)
{
	memory_clear(memory, budget_memory_bytes(instances));
	budgets.all = memory;
	budgets.count = instances;
}

struct budget *
budget_of(uint16_t instance)
{
	kernel_assert(instance < budgets.count);
	return &budgets.all[instance];
}

static bool
is_sound(uint64_t amount_ns, uint64_t period_ns, uint64_t reserve_ns)
{
	if (reserve_ns > BUDGET_PERIOD_MAX_NS) {
		return false;
	}
	if (amount_ns == 0) {
		return period_ns == 0;
	}
	return amount_ns >= BUDGET_LEAST_NS && amount_ns < period_ns &&
	       period_ns <= BUDGET_PERIOD_MAX_NS;
}

enum status
budget_declare(struct budget *budget, uint64_t amount_ns, uint64_t period_ns, uint64_t reserve_ns)
{
	bool is_same = budget->amount_ns == amount_ns && budget->period_ns == period_ns &&
		       budget->reserve_ns == reserve_ns;

	if (!is_sound(amount_ns, period_ns, reserve_ns)) {
		return E_ARGUMENT;
	}
	if (is_same) {
		return E_OK;
	}
	if (budget->amount_ns != 0 || budget->reserve_ns != 0) {
		return E_STATE;
	}
	budget->amount_ns = amount_ns;
	budget->period_ns = period_ns;
	budget->reserve_ns = reserve_ns;
	budget->refills[0] = (struct refill){0, amount_ns};
	budget->refill_count = 1;
	return E_OK;
}

static void
drop_first(struct budget *budget)
{
	budget->refill_count--;
	for (uint32_t i = 0; i < budget->refill_count; i++) {
		budget->refills[i] = budget->refills[i + 1];
	}
}

static void
append(struct budget *budget, uint64_t time_ns, uint64_t amount_ns)
{
	struct refill *last = &budget->refills[budget->refill_count - 1];

	kernel_assert(budget->refill_count > 0 && last->time_ns <= time_ns);
	if (budget->refill_count == BUDGET_REFILLS || last->time_ns == time_ns) {
		last->time_ns = time_ns;
		last->amount_ns += amount_ns;
		return;
	}
	budget->refills[budget->refill_count++] = (struct refill){time_ns, amount_ns};
}

/* When an amount comes back that was used by a run that was wanted then. */
static uint64_t
returns_ns(const struct budget *budget, const struct refill *refill, uint64_t wanted_ns)
{
	uint64_t since_ns = refill->time_ns > wanted_ns ? refill->time_ns : wanted_ns;

	return since_ns + budget->period_ns;
}

/* Whole budgets used on credit, by doubling: the common ARMv7 base has no division. Leaves less
 * than one. */
static uint64_t
charge_whole(struct budget *budget, uint64_t wanted_ns, uint64_t used_ns)
{
	uint64_t periods = 0;

	for (int shift = PERIODS_SHIFT_MAX; shift >= 0; shift--) {
		if (used_ns >= budget->amount_ns << shift) {
			used_ns -= budget->amount_ns << shift;
			periods += UINT64_C(1) << shift;
		}
	}
	for (uint32_t i = 0; periods > 0 && i < budget->refill_count; i++) {
		struct refill *refill = &budget->refills[i];
		refill->time_ns =
			returns_ns(budget, refill, wanted_ns) + (periods - 1) * budget->period_ns;
	}
	return used_ns < budget->amount_ns ? used_ns : budget->amount_ns - 1;
}

void
budget_charge(struct budget *budget, uint64_t wanted_ns, uint64_t used_ns)
{
	kernel_assert(budget->amount_ns != 0);
	if (used_ns >= budget->amount_ns) {
		used_ns = charge_whole(budget, wanted_ns, used_ns);
	}
	while (used_ns > 0) {
		struct refill first = budget->refills[0];
		uint64_t taken_ns = first.amount_ns < used_ns ? first.amount_ns : used_ns;

		budget->refills[0].amount_ns -= taken_ns;
		if (taken_ns == first.amount_ns) {
			drop_first(budget);
		}
		append(budget, returns_ns(budget, &first, wanted_ns), taken_ns);
		used_ns -= taken_ns;
	}
}

uint64_t
budget_left_ns(struct budget *budget, uint64_t now_ns)
{
	struct refill *refills = budget->refills;

	/* What is there already is one amount; what is too small to be worth a run waits for more.
	 */
	while (budget->refill_count > 1 &&
		(refills[1].time_ns <= now_ns || refills[0].amount_ns < BUDGET_LEAST_NS)) {
		refills[1].amount_ns += refills[0].amount_ns;
		drop_first(budget);
	}
	return refills[0].time_ns <= now_ns ? refills[0].amount_ns : 0;
}

uint64_t
budget_due_ns(const struct budget *budget)
{
	return budget->refills[0].time_ns;
}
