#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A part of make test-scarce: some allocations of a boot and of a restart are refused. First what
# holds the policy's frame, without which two servers cannot work, then one here and there.
# timeout: 300
set -eu
sh tests/scarce/run.sh 27 2 29
sh tests/scarce/run.sh 3 61 560
