#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 24 attacks, each contained, and each successful where its defence is off (tests/attack/README.md).
# timeout: 600
set -eu
exec sh tests/attack/run.sh
