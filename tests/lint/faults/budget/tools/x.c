/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
#ifdef X1
int x1;
#endif
#ifdef X2
int x2;
#endif
#ifdef X3
int x3;
#endif
