/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* An event in a line that people and tools/trace read. */
#ifndef SERVERS_TRACE_LINE_H
#define SERVERS_TRACE_LINE_H

#include <stdint.h>

struct names;
struct trace_record;

/*
 * Words, separated by blanks, `-` for what does not apply:
 *     time in us, who, kind (abi/trace.def), peer or target, message, detail
 * Returns the length; what does not fit is cut.
 */
uint32_t line_write(const struct names *names, const struct trace_record *record, char *line,
	uint32_t capacity);

#endif
