#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Prints the C table of all boards that is linked into the host tools.
#
# usage: boards_table.sh BOARD...
set -eu
printf '/* SPDX-License-Identifier: BSD-2-Clause-Patent */\n'
printf '/* Generated: every board of boards/. */\n'
printf '#include "boards/board.h"\n\n'
for name; do
	printf 'extern const struct board board_%s;\n' "$(echo "$name" | tr - _)"
done
printf '\nextern const struct board *const gate_boards[];\n'
printf 'const struct board *const gate_boards[] = {\n'
for name; do
	printf '\t&board_%s,\n' "$(echo "$name" | tr - _)"
done
printf '\t0,\n};\n'
