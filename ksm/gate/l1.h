/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * L1: the order-free normal form between sema (which types and resolves) and emit (which decides
 * nothing). Everything is numbered here; names stay for people. Built by lower.c, read by the
 * reference interpreter, by emit, by the stub and system writers, by `test` and `why`.
 */
#ifndef GATE_L1_H
#define GATE_L1_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "l1_interface.h"
#include "l1_part.h"
#include "l1_state.h"

/* --- who ----------------------------------------------------------------------------------- */

struct l1_class {
	const char *name; /* qualified */
	const char *program;
	struct l1_endpoint *gives;
	uint32_t gives_count;
	struct l1_endpoint *uses;
	uint32_t uses_count;
	struct l1_resource *resources;
	uint32_t resource_count;
	const struct l1_path *paths; /* the longest first, the last one is `/` */
	uint32_t path_count;
	struct l1_device *devices;
	uint32_t device_count;
	uint64_t memory_bytes; /* its account */
	uint64_t reserve_ns;   /* how long a call goes on when its caller's budget is used up */
	uint64_t cost_ns;      /* the longest that a call takes; 0: not said */
	uint8_t priority;
	bool is_used;     /* has an instance */
	bool is_timeless; /* `no clock` */
	struct l1_position position;
};

struct l1_wire {
	uint16_t use;    /* index into class->uses */
	uint16_t target; /* instance number */
	uint16_t gives;  /* index into the target class's gives */
	struct l1_position position;
};

struct l1_instance {
	const char *name; /* driver */
	const struct l1_class *class;
	uint16_t number; /* 0 is init, then in start order: servers before clients */
	uint16_t label;
	uint16_t resource_label; /* of its class's first resource; those of the others follow */
	uint16_t template;       /* number of the first of its template; 0: it starts at boot */
	uint64_t memory_bytes;
	struct l1_budget budget;
	uint8_t priority;
	struct l1_wire *wires;
	uint32_t wire_count;
	struct l1_attribute *attributes;
	uint32_t attribute_count;
	uint16_t *signals;     /* instances whose notification it is wired to ... */
	uint16_t *signal_uses; /* ... and through which use, index into class->uses */
	uint32_t signal_count;
	uint8_t *digest; /* of its program; NULL before the build */
	struct l1_restart restart;
	struct l1_position position;
};

enum l1_label_kind {
	L1_LABEL_NONE,
	L1_LABEL_KERNEL,
	L1_LABEL_INSTANCE,
	L1_LABEL_DEVICE,
	L1_LABEL_RESOURCE
};

struct l1_label {
	const char *name;
	enum l1_label_kind kind;
	uint16_t number; /* instance or device index; of a resource its instance */
};

/* --- rules --------------------------------------------------------------------------------- */

enum l1_condition_kind {
	L1_ALWAYS,
	L1_AND,   /* of all parts */
	L1_OR,    /* of at least one part */
	L1_NOT,   /* of the one part */
	L1_IN,    /* field is in one of the ranges; fields of call or reply by byte offset */
	L1_FIELDS /* field `relation` other field */
};

enum l1_relation { L1_LESS, L1_LESS_EQUAL, L1_EQUAL };

struct l1_condition {
	enum l1_condition_kind kind : 8;
	enum l1_relation relation : 8;
	uint32_t part_count;
	uint32_t range_count;
	struct l1_condition **parts;
	struct l1_range *ranges; /* sorted, disjoint, not adjacent */
	const struct l1_field *field;
	const struct l1_field *other;
	struct l1_position position;
};

/* One rule at one (holder, target, interface, method, event). A rule of the source becomes one of
 * these for each cell that it names; all share `source`. */
struct l1_cell {
	uint16_t holder, target, interface;
	uint16_t method : 9; /* & L1_METHOD; 0: of a passage */
	enum l1_event event : 3;
	bool is_tail : 1;  /* written, not implied: if no tail applies the reason is `reply` */
	bool is_bound : 1; /* it applies only to calls that its rule granted */
	bool is_idle : 1;  /* until the cells are complete: answers of a call that no rule allows */
	const struct l1_condition *condition;
	const struct l1_then *then; /* of an allow, when it grants; NULL: nothing */
	union {
		const struct l1_rule *source;
		uint32_t rule; /* until the cells are complete: its number */
	};
};

static inline uint32_t
l1_effect_count(const struct l1_cell *cell)
{
	return cell->then == NULL ? 0 : cell->then->effect_count;
}

static inline const struct l1_effect *
l1_effects(const struct l1_cell *cell)
{
	return cell->then == NULL ? NULL : cell->then->effects;
}

static inline const struct l1_state *
l1_first(const struct l1_cell *cell)
{
	return cell->then == NULL ? NULL : cell->then->first;
}

_Static_assert(sizeof(struct l1_cell) <= 8 + 3 * sizeof(void *), "there are many of them");

struct l1_rule {
	uint32_t number; /* from 1, in order of file and line; what audit records carry */
	bool is_forbid;
	bool is_generated; /* follows from the system: printed in the normal form, not written */
	uint8_t audit;     /* enum ksm_audit; of `audit first` UNSAID */
	bool has_effects;  /* or tails: no other allow may match its messages [S3] */
	bool is_answer;    /* `allow reply`, `allow error`: of calls that any rule granted [R19] */
	bool is_idle;      /* ... and of a call that no rule allows, somewhere */
	bool is_part;      /* one of several that a rule stands for: it need not match [P20] */
	uint32_t text_bytes;
	const char *text_begin; /* text_bytes, of the source if they stand there so: one line, as
				 * fmt prints it, without because; no NUL behind it */
	const char *because;
	struct l1_position position;
};

/* A pair that may speak with each other although no cell says what. */
struct l1_edge {
	uint16_t holder, target, interface;
};

struct l1 {
	struct l1_interface *interfaces; /* sorted by id */
	uint32_t interface_count;
	struct l1_class *classes;
	uint32_t class_count;
	struct l1_instance *instances; /* by number */
	uint32_t instance_count;
	struct l1_group *groups; /* that a restart names */
	uint32_t group_count;
	struct l1_label *labels; /* by id */
	uint32_t label_count;
	struct l1_rule *rules; /* by number - 1 */
	uint32_t rule_count;
	struct l1_cell *cells; /* sorted by holder, target, interface, method, event, rule */
	uint32_t cell_count;
	struct l1_cell *passages; /* of capabilities: COMES and GOES, sorted as cells are */
	uint32_t passage_count;
	struct l1_state **states; /* by number */
	uint32_t state_count;
	uint32_t word_count; /* of all states */
	const char *system_name;
	const char *board_name;
	uint8_t abi_digest[32];      /* of all interfaces */
	uint8_t core_digest[32];     /* of the kernel's */
	uint8_t system_digest[32];   /* of labels, instances, wires */
	uint64_t version;            /* of the policy */
	const struct l1_edge *edges; /* of the other policies for this system */
	uint32_t edge_count;
	struct l1_position last_allow; /* where a new allow line would go */
};

#endif
