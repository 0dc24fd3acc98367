#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# More processes than there are VMIDs or ASIDs (255), in 128 MiB. It sees that nobody gets the space
# of another and that none is lost; QEMU's TLB has no VMIDs, so not that it is emptied in time.
# timeout: 240
set -eu
sh tests/many/run.sh 300 150
