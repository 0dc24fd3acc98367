#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# More processes than there are VMIDs or ASIDs (255), in 128 MiB.
# timeout: 240
set -eu
sh tests/many/run.sh 300 150
