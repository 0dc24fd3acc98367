#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The trace under Gatehouse: prints its lines up to event $1.
set -eu
. tests/lib/boot.sh

build_image tests/hosts || fail "the image was not built; see $build_log"
boot_start "$image"
boot_expect "trace $1 [0-9a-f]{16}" 300
boot_stop
tr -d '\r\000' <"$boot_console" | sed -n "/^trace [0-9]/p; /^trace $1/q"
