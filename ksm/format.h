/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The policy blob, byte for byte: the only place that knows. Little-endian, position-independent,
 * placed 8-aligned, usable from flash. There are no don't-care bytes: magic, version and length are
 * compared, everything behind the digest is digested. With another digest these mean the same: bits
 * of a range beyond what a field can hold; need_bytes below every length; another set, if no value
 * tells them apart; of the set of a LATE or NUMBER all but its first low end; bits of a COUNT that
 * no length tells apart; FORMAT_LOAD_SECRET of what is not shown; where a test jumps that never
 * does, or to the same; states of an ENTER that a test excludes; an op that no message reaches, or
 * a load of what v holds; equal rows of an edge.
 *
 *   header | edges | rows | programs | code | sets | ranges | states | aborts | names
 *
 * Each section starts at the next multiple of 8; bytes between are zero. The structs are offsets.
 */
#ifndef KSM_FORMAT_H
#define KSM_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "ksm/format_load.h"
#include "ksm/format_shape.h"

#define FORMAT_MAGIC            UINT64_C(0x3159434c4f504847) /* "GHPOLCY1" */
#define FORMAT_VERSION          9
#define FORMAT_LENGTH_MAX       (UINT32_C(1) << 28) /* bytes of a blob */
#define FORMAT_EDGES_MAX        (UINT32_C(1) << 18)
#define FORMAT_ENTRIES_MAX      (UINT32_C(1) << 20) /* methods of all edges together */
#define FORMAT_PROGRAM_COST_MAX 64                  /* steps of any way through one program */
#define FORMAT_PROGRAM_OPS_MAX  256                 /* ops of one program */
#define FORMAT_MESSAGE_MAX      1024                /* bytes of one payload */

enum format_section_id {
	FORMAT_EDGES,
	FORMAT_ROWS,
	FORMAT_PROGRAMS,
	FORMAT_CODE,
	FORMAT_SETS,
	FORMAT_RANGES,
	FORMAT_STATES,
	FORMAT_ABORTS,
	FORMAT_NAMES, /* counted in bytes; the engine does not read it (ksm/names does) */
	FORMAT_SECTIONS
};

struct format_section {
	uint32_t offset; /* from the start of the blob */
	uint32_t count;  /* of its elements */
};

struct format_header {
	uint64_t magic;
	uint32_t version;
	uint32_t length_bytes;     /* of the blob */
	uint8_t digest[32];        /* SHA-256 of all that follows */
	uint8_t abi_digest[32];    /* of all interfaces */
	uint8_t core_digest[32];   /* of the kernel's interfaces */
	uint8_t system_digest[32]; /* of who there is: labels, instances, wires */
	uint32_t label_count;      /* labels are below it */
	uint32_t instance_count;
	uint32_t rule_count;     /* rules are 1 .. it */
	uint32_t entry_count;    /* sum of the edges' methods */
	uint64_t policy_version; /* of those for one system: which is newer */
	struct format_section sections[FORMAT_SECTIONS];
};

/* Sorted by holder, target, interface; none twice. */
struct format_edge {
	uint16_t holder;
	uint16_t target;
	uint16_t interface;
	uint16_t methods; /* 1 .. */
	uint32_t first;   /* its first row; edges with equal rows share them */
};

/*
 * What is decided about one method: three action words (call, reply, error), two shape words (of
 * the call, of the reply).
 *
 * Action: 31     grant without looking at the bytes
 *         30     run program 16:0
 *         29:27  with 31: record the grant too: 1, or 2: or deny it (enum ksm_audit)
 *         26:17  zero
 *         16:0   with 31: the rule; with 30: the program; with neither: 0 = no rule names the
 * event, else the rule that forbids it
 * Shape: format_shape.h.
 */
struct format_row {
	uint32_t action[3];
	uint32_t shape[2];
};

#define FORMAT_ACTION_GRANT       (UINT32_C(1) << 31)
#define FORMAT_ACTION_RUN         (UINT32_C(1) << 30)
#define FORMAT_ACTION_AUDIT_SHIFT 27
#define FORMAT_ACTION_AUDIT_MASK  UINT32_C(7)
#define FORMAT_ACTION_RESERVED    UINT32_C(0x07fe0000)
#define FORMAT_ACTION_NUMBER      UINT32_C(0x1ffff) /* the highest rule, too */

/* Programs stand in the order of their code, without gaps. */
struct format_program {
	uint32_t first; /* its first op */
	uint16_t count;
	uint16_t need_bytes; /* no load reaches further; every message it sees is as long */
};

/* ops.def says what they do; format_state.h what those about states look at. */
struct format_op {
	uint8_t op;
	uint8_t a;
	uint16_t b; /* of a test: how many ops further it jumps, at least 1 */
	uint32_t c;
};

enum format_opcode {
#define X(name, number, cost, kinds, text) FORMAT_OP_##name = (number),
#include "ksm/ops.def"
#undef X
	FORMAT_OPS = 27 /* the highest */
};

/* b of a deny: show what was loaded; nothing of it is recorded */
#define FORMAT_DENY_SHOWS UINT16_C(1)
#define FORMAT_DENY_QUIET UINT16_C(2)

#define FORMAT_JUMP_IF_TRUE UINT8_C(1) /* a of a test: without it, jump if it is false */

/* Sets stand in the order of their ranges, without gaps. */
struct format_set {
	uint32_t first; /* its first range */
	uint32_t count; /* at least 1 */
};

/* Inclusive, signed. Those of one set are sorted and neither overlap nor touch. */
struct format_range {
	int64_t low;
	int64_t high;
};

_Static_assert(sizeof(struct format_header) == 240, "blob");
_Static_assert(offsetof(struct format_header, abi_digest) == 48, "blob");
_Static_assert(offsetof(struct format_header, sections) == 168, "blob");
_Static_assert(sizeof(struct format_edge) == 12, "blob");
_Static_assert(sizeof(struct format_row) == 20, "blob");
_Static_assert(sizeof(struct format_program) == 8, "blob");
_Static_assert(sizeof(struct format_op) == 8, "blob");
_Static_assert(sizeof(struct format_set) == 8, "blob");
_Static_assert(sizeof(struct format_range) == 16, "blob");

/* Every field stands at a multiple of its size, which makes each of these one load where the
 * machine is little-endian too. */
/*@ requires \valid_read(field + (0 .. 1)); assigns \nothing; */
static inline __attribute__((always_inline)) uint32_t
format_u16(const uint8_t *field)
{
	const uint8_t *p = __builtin_assume_aligned(field, 2);

	return p[0] | (uint32_t)p[1] << 8;
}

/*@ requires \valid_read(field + (0 .. 3)); assigns \nothing; */
static inline __attribute__((always_inline)) uint32_t
format_u32(const uint8_t *field)
{
	const uint8_t *p = __builtin_assume_aligned(field, 4);

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/*@ requires \valid_read(field + (0 .. 7)); assigns \nothing; */
static inline __attribute__((always_inline)) uint64_t
format_u64(const uint8_t *field)
{
	const uint8_t *p = __builtin_assume_aligned(field, 8);

	return p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
	       (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	       (uint64_t)p[7] << 56;
}

/* Steps of a test against a set of `count` ranges: one, and one for each halving. */
/*@ assigns \nothing; */
static inline uint32_t
format_set_cost(uint32_t count)
{
	uint32_t cost = 1;

	/*@ loop invariant 1 <= cost <= FORMAT_PROGRAM_COST_MAX;
	  @ loop assigns covered, cost;
	  @ loop variant FORMAT_PROGRAM_COST_MAX - cost;
	  @*/
	for (uint32_t covered = 1; covered < count && cost < FORMAT_PROGRAM_COST_MAX;
		covered *= 2) {
		cost++;
	}
	return cost;
}

#endif
