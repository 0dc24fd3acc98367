#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# POSIX as docs/posix.md says: each of its rows is a test of this program.
# timeout: 180
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start posix
target_finish 150
