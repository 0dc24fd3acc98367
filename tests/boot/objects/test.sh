#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Kernel objects in the hands of one that may do everything: a test program in init's place.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start objects
target_finish 100
