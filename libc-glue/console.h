/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The console as a stream: standard input and output at the start. */
#ifndef GLUE_CONSOLE_H
#define GLUE_CONSOLE_H

#include <stdbool.h>

#include "descriptor.h"

extern const struct stream_kind glue_console_kind;

/* Whether this process has a console; without one output is dropped, and input is at its end. */
bool glue_console_is_there(void);

/* The console, with a reference more. */
struct stream *glue_console_open(void);

#endif
