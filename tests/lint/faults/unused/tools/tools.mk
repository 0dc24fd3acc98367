# SPDX-License-Identifier: BSD-2-Clause-Patent
# Sources.
src := y.c
