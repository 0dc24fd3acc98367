/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Text to the serial line, by waiting: there is no driver beside this test. */
#ifndef OBJECTS_SERIAL_H
#define OBJECTS_SERIAL_H

#include <stdbool.h>

/* Maps the device. False: the kernel refuses. */
bool serial_open(void);

#endif
