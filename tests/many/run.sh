#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# One board with 128 MiB: N processes that look at their memory and talk to one, in turn.
#
# usage: run.sh N SECONDS (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
: "${build_log:=}" "${boot_found:=}"

deployment=$TEST_DIR/many$1
sh tests/many/generate.sh "$1" "$deployment"
build_image "$deployment" || fail "make image failed: $(tail -n 1 "$build_log")"
# The board's kernel with less memory than the board has.
mkdir -p "$TEST_DIR/board"
sed 's/\.ram_bytes = 0x[0-9a-f]*/.ram_bytes = 0x08000000/' "boards/$BOARD.c" >"$TEST_DIR/board/$BOARD.c"
grep -q 'ram_bytes = 0x08000000' "$TEST_DIR/board/$BOARD.c" || fail 'the board has no memory'
link_kernel "$TEST_DIR/small" "$deployment" "$TEST_DIR/board/$BOARD.c" \
	"tests/many/$(board_value arch)/space.c"
ICOUNT=1 boot_start "$TEST_DIR/small/image.bin" -m 128M
boot_expect 'many: [0-9]+ processes, [0-9]+ rounds, [0-9]+ failed' "$2"
said=$boot_found
boot_exit 0
boot_never 'panic|hub: '
echo "$said"
