/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whether bytes are a path. Inside of the engine. */
#ifndef KSM_PATH_H
#define KSM_PATH_H

#include <stdbool.h>
#include <stdint.h>

/* SPEC T4: `/`, or components that begin with it, none of which is empty, `.` or `..`. */
/*@ requires \valid_read(bytes + (0 .. length - 1));
  @ assigns \nothing;
  @*/
static inline bool
ksm_is_path(const uint8_t *bytes, uint32_t length)
{
	enum { NOTHING, DOT, TWO_DOTS, NAME };
	uint32_t component = NAME;

	/*@ loop invariant 0 <= i <= length;
	  @ loop invariant component <= 3;
	  @ loop assigns i, component;
	  @ loop variant length - i;
	  @*/
	for (uint32_t i = 0; i < length; i++) {
		bool is_slash = bytes[i] == '/';

		if (bytes[i] == 0 || (is_slash ? component != NAME : i == 0)) {
			return false;
		}
		if (is_slash) {
			component = NOTHING;
		} else {
			component = bytes[i] == '.' && component < TWO_DOTS ? component + 1 : NAME;
		}
	}
	return length == 1 || (length != 0 && component == NAME);
}

#endif
