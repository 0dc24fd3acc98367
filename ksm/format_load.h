/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* format_load.h: what the loads of a program take from a message; part of format.h. */
#ifndef KSM_FORMAT_LOAD_H
#define KSM_FORMAT_LOAD_H

#include <stdint.h>

/* a of a load */
#define FORMAT_LOAD_WIDTH  UINT8_C(0x0f) /* 1, 2, 4, 8 */
#define FORMAT_LOAD_SIGNED UINT8_C(0x10)
#define FORMAT_LOAD_SECRET UINT8_C(0x20) /* the value stays out of the verdict */

/*
 * b of LOAD: what is loaded, and where it goes; of LOAD_STATE: where it goes, which is no index.
 * Bytes of a text need not be there; what is behind them counts as 0. The place of the field is the
 * low bits of c; f is that place.
 */
enum format_load {
	FORMAT_LOAD_FIELD,  /* the field */
	FORMAT_LOAD_TEXT,   /* 8 bytes of a text from c on, the first one the highest */
	FORMAT_LOAD_LENGTH, /* how many bytes there are from c on */
	FORMAT_LOAD_STATUS, /* the number of the error; c = FORMAT_STATUS_FIELD, as f shows it */
	FORMAT_LOAD_PATH,   /* 1 if the bytes from c on are a path (T4) of at most 32 a, else 0 */
	FORMAT_LOAD_LATE,   /* the field, or if the message ends before its end, where the first
			     * range begins of the set at the high bits of c */
	FORMAT_LOAD_COUNT,  /* how many elements of a list there are from the place on: bytes, times
			     * the high bits of c, / 2^20 */
	FORMAT_LOAD_NUMBER, /* where the first range begins of set c */
	FORMAT_LOAD_HANDLE, /* the number of the capability (c = 0, as the index is at the start),
			     * or of the c-th one that is handed on */
	FORMAT_LOAD_WHAT = 0xf,
	/* else v becomes it */
	FORMAT_LOAD_ADD = 0x10,      /* v = v + it; f stays */
	FORMAT_LOAD_SUBTRACT = 0x20, /* v = v - it; f stays */
	FORMAT_LOAD_INDEX = 0x30,    /* it is the cell of each state behind it; v and f stay.
				      * Numbers beyond the cells mean the first */
};

#define FORMAT_STATUS_FIELD 1024 /* behind all fields */

#define FORMAT_PATH_BYTES 32 /* of a path, for each step of its test */

/* c of LATE and COUNT */
#define FORMAT_LOAD_SHIFT 11
#define FORMAT_LOAD_PLACE UINT32_C(0x7ff)

#define FORMAT_COUNT_SHIFT 20u

/* The high bits of c of a COUNT: exact for all lengths of a message. */
static inline uint32_t
format_count_factor(uint32_t element_bytes)
{
	return ((UINT32_C(1) << FORMAT_COUNT_SHIFT) + element_bytes - 1) / element_bytes;
}

#endif
