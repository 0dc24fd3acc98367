/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifdef __arm__
int x;
#endif
