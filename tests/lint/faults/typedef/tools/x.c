/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
typedef struct x x_t;
