/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#if 0
int x;
#endif
