#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A part of make test-scarce: some allocations of a boot and of a restart are refused.
# timeout: 200
set -eu
sh tests/scarce/run.sh 3 61 560
