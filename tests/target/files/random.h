/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Random operations on files, each against the model. */
#ifndef FILES_RANDOM_H
#define FILES_RANDOM_H

#include <stdint.h>

/* Does as many operations, chosen by seed, and removes what they left. Each that answers otherwise
 * than the model is a failure of the present test. */
void random_operations(uint32_t seed, uint32_t operations);

#endif
