/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* format_load.h: what the loads of a program take from a message; part of format.h. */
#ifndef KSM_FORMAT_LOAD_H
#define KSM_FORMAT_LOAD_H

#include <stdint.h>

/* a of a load */
#define FORMAT_LOAD_WIDTH  UINT8_C(0x0f) /* 1, 2, 4, 8 */
#define FORMAT_LOAD_SIGNED UINT8_C(0x10)
#define FORMAT_LOAD_SECRET UINT8_C(0x20) /* the value stays out of the verdict */

/* b of LOAD: what becomes of v. Bytes of a text need not be there; what is behind them counts as 0.
 */
enum format_load {
	FORMAT_LOAD_FIELD,  /* v = the field */
	FORMAT_LOAD_TEXT,   /* v = 8 bytes of a text from c on, the first one the highest */
	FORMAT_LOAD_LENGTH, /* v = how many bytes there are from c on */
	FORMAT_LOAD_STATUS, /* v = the number of the error; c = FORMAT_STATUS_FIELD, as f shows it
			     */
	FORMAT_LOAD_PATH, /* v = 1 if the bytes from c on are a path (T4) of at most 32 a, else 0 */
	FORMAT_LOAD_LATE, /* v = the field at the low bits of c, or if the message ends before its
			   * end, where the first range begins of the set at the high bits */
	FORMAT_LOAD_ADD,  /* v = v + the field; f stays */
	FORMAT_LOAD_SUBTRACT, /* v = v - the field; f stays */
	FORMAT_LOAD_INDEX,    /* the cell of each state behind it is the field; a = 0: the number
			       * of the capability (c = 0, as at the start), or of the one that is
			       * handed on    (c = 1). Numbers beyond the cells mean the first */
};

#define FORMAT_STATUS_FIELD 1024 /* behind all fields */

#define FORMAT_PATH_BYTES 32 /* of a path, for each step of its test */

/* c of LATE */
#define FORMAT_LATE_SET_SHIFT   10
#define FORMAT_LATE_OFFSET_MASK UINT32_C(0x3ff)

#endif
