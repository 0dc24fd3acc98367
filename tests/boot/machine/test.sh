#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What user code must not do is contained, and no register carries what is not the message.
# timeout: 120
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start machine
target_finish 100
