#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Clients that exhaust their budgets, spin, flood, die in calls, and a server that never answers:
# every other client keeps its deadlines. In virtual time: the host's load decides nothing. Without
# the `budget` of class Offender nobody else runs, and nothing is ever reported.
# timeout: 300
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start deadline
target_finish 240
