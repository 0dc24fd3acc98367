#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Libraries of others, unchanged, do their work on the machine: zlib, cJSON.
set -eu
. tests/lib/boot.sh

build_image tests/boot/ports || { cat "$TEST_DIR/make"; fail "the image was not built"; }
ICOUNT=1 boot_start "$image"
boot_expect 'zlib 1\.[0-9.]+: [0-9]+ failures' 60
boot_never 'zlib: FAILED'
boot_expect 'cjson 1\.[0-9.]+: [0-9]+ failures' 60
boot_never 'cjson: FAILED'
boot_stop
