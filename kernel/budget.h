/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Budgets: how much CPU time an instance may use in a period, and how much it has used. */
#ifndef KERNEL_BUDGET_H
#define KERNEL_BUDGET_H

#include <stddef.h>

#include "abi/abi.h"
#include "kernel/queue.h"

struct process;

#define BUDGET_REFILLS       4u                    /* pieces in which a budget comes back */
#define BUDGET_LEAST_NS      UINT64_C(10000)       /* a shorter run is not worth its two switches */
#define BUDGET_PERIOD_MAX_NS UINT64_C(60000000000) /* sums of times are far from 64 bits */

_Static_assert(BUDGET_REFILLS >= 2, "what was used and what is left are two pieces");

/* An amount that may be used from a time on. */
struct refill {
	uint64_t time_ns;
	uint64_t amount_ns;
};

/*
 * It belongs to the instance, not to one of its processes, so that a crash refills nothing
 * (decisions D1). Its threads and, while they call, the servers that work for them use it.
 */
struct budget {
	uint64_t amount_ns; /* 0: unlimited */
	uint64_t period_ns;
	uint64_t reserve_ns;     /* a call to it may go on this long on credit; 0: without bound */
	uint64_t used_ticks;     /* since boot; the scheduler counts */
	struct process *process; /* the instance's present incarnation, or NULL */
	struct refill refills[BUDGET_REFILLS]; /* by time; their sum is always amount_ns */
	uint32_t refill_count;
	bool is_awaited;        /* stands in the scheduler's queue of budgets, by `link` */
	uint64_t wanted_ns;     /* since when it could have been used, but for others' runs */
	struct queue parked;    /* READY threads that cannot run before the next refill */
	struct queue_link link; /* among budgets whose refill is awaited ... */
	uint64_t awaited_ns;    /* ... at this time */
};

/* One unlimited budget for each instance; memory is aligned for any object. */
size_t budget_memory_bytes(uint32_t instances);
void budget_init(void *memory, uint32_t instances);
/* Requires an instance that budget_init was told of. */
struct budget *budget_of(uint16_t instance);

/*
 * Declares amount in each period (both 0: unlimited) and reserve. The same figures again change
 * nothing, others are E_STATE once some were declared. E_ARGUMENT: amount not below the period, or
 * a figure out of range.
 */
enum status budget_declare(
	struct budget *budget, uint64_t amount_ns, uint64_t period_ns, uint64_t reserve_ns);

/*
 * Takes what a run used that could have begun at wanted_ns. It comes back one period after that, or
 * after it was due, if the run was wanted before. So the budget interferes with others like a
 * periodic task of this amount and period, however it sleeps, and being delayed by others costs it
 * nothing. A run on credit takes from the next refills, which then come one period after they were
 * due. Requires a limited budget.
 */
void budget_charge(struct budget *budget, uint64_t wanted_ns, uint64_t used_ns);

/* How long a run may last that begins now; 0: not before budget_due_ns. Requires a limited one. */
uint64_t budget_left_ns(struct budget *budget, uint64_t now_ns);
uint64_t budget_due_ns(const struct budget *budget);

#endif
