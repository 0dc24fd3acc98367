# SPDX-License-Identifier: BSD-2-Clause-Patent
# The reader of a policy's names: for gate, and for programs that explain audit records.
names.src := ksm/names/open.c ksm/names/names.c
