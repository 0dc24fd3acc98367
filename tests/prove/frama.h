/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What compilers know and Frama-C does not: hints that do not change a value. */
#ifndef PROVE_FRAMA_H
#define PROVE_FRAMA_H

#define __builtin_assume_aligned(pointer, alignment) (pointer)
#define __builtin_expect(value, expected)            (value)

/* Limits that contracts name. */
#include "ksm/format_state.h"

#endif
