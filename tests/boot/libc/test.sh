#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The C library, threads, time, and restarts after every kind of death, on the machine itself.
set -eu
. tests/lib/boot.sh

build_image tests/boot/libc || { cat "$TEST_DIR/make"; fail "the image was not built"; }
boot_start "$image"
boot_expect "probe: [0-9]+ checks, 0 failed" 60
boot_exit 0
