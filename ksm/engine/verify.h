/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the parts of the verifier know of a blob. Inside of the engine. */
#ifndef KSM_VERIFY_H
#define KSM_VERIFY_H

#include "ksm/engine/ksm.h"
#include "ksm/format.h"

struct view {
	const uint8_t *at[FORMAT_SECTIONS];
	uint32_t count[FORMAT_SECTIONS];
	uint32_t label_count;
	uint32_t rule_count;
	uint32_t entry_count;
};

/*
 * Comments that begin with an at sign are contracts for Frama-C: `make test-prove` proves that the
 * code keeps them, ends, and reads nothing outside of what they say (tests/prove).
 */
/*@ predicate section_fits(struct view *view, integer i, integer element_bytes) =
  @   \valid_read(view->at[i] + (0 .. view->count[i] * element_bytes - 1));
  @
  @ // Every element that a count speaks of lies in the blob.
  @ predicate sections_fit(struct view *view) =
  @   \valid_read(view) &&
  @   section_fits(view, FORMAT_EDGES, sizeof(struct format_edge)) &&
  @   section_fits(view, FORMAT_ROWS, sizeof(struct format_row)) &&
  @   section_fits(view, FORMAT_PROGRAMS, sizeof(struct format_program)) &&
  @   section_fits(view, FORMAT_CODE, sizeof(struct format_op)) &&
  @   section_fits(view, FORMAT_SETS, sizeof(struct format_set)) &&
  @   section_fits(view, FORMAT_RANGES, sizeof(struct format_range)) &&
  @   section_fits(view, FORMAT_STATES, sizeof(struct format_state)) &&
  @   section_fits(view, FORMAT_ABORTS, sizeof(struct format_abort));
  @*/

/* States are verified before. */
/*@ requires sections_fit(view);
  @ assigns \nothing;
  @*/
enum ksm_verify_error ksm_programs_verify(const struct view *view);

/*@ requires sections_fit(view);
  @ assigns \nothing;
  @*/
enum ksm_verify_error ksm_sets_verify(const struct view *view);

#endif
