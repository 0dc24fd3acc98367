/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. Must match y.c. */
int x;
