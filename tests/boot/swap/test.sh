#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Policies that differ in every verdict take turns under a stream of messages: each verdict on
# record is that of its policy, none is lost; who locks himself out is let in again by the kernel.
# timeout: 120
set -eu
exec sh tests/swap/run.sh 40
