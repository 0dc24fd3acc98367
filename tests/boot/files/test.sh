#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A service of files against clients that do what they must not, one that dies with its files open,
# and a thousand random operations beside a model, three times.
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start files
target_finish 60
