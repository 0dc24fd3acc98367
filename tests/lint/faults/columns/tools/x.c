/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Adds. */
/* wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide wide  */
