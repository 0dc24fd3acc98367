#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# More processes than there are VMIDs or ASIDs (255), in 128 MiB. The kernel itself looks whether
# the TLB is emptied before one is lent again (tests/many/lent.h): QEMU would not show it.
# timeout: 240
set -eu
sh tests/many/run.sh 300 150
