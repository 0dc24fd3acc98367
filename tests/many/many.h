/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How often each process is looked at. */
#ifndef MANY_MANY_H
#define MANY_MANY_H

#define MANY_ROUNDS 8u

#endif
