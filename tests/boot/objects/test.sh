#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Kernel objects in the hands of one that may do everything: a test program in init's place.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

# The clock that raises an interrupt goes with virtual time.
target_start objects -rtc clock=vm
target_finish 100
