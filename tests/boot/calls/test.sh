#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# System calls between ordinary processes: results, times, records; then 20,000 random ones.
# timeout: 180
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

# The runner's SEED, else a new one: what went wrong once can be run again.
seed=${SEED:-$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')}
echo "SEED=$seed"
target_start calls
boot_expect 'seed\? '
boot_type "$seed"
target_finish 160
