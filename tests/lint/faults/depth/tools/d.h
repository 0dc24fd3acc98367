/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifndef D_H
#define D_H
#endif
