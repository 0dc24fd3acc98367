# SPDX-License-Identifier: BSD-2-Clause-Patent
# Sources that add.
x.src := tools/x.c
