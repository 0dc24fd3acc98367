#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 20,000 messages of a seeded mix: granted and denied counts are exactly those predicted.
# timeout: 120
set -eu
exec sh tests/soak/run.sh 20000
