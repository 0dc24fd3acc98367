#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# 20 kills of each of three servers under load: nothing lost that was promised, nothing done twice.
# timeout: 180
set -eu
exec sh tests/restart/run.sh 20 150
