#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Everything that docs/sdk.md says: every template in C and C++, CMake, pkg-config, both boards.
set -eu
TEST_DIR=build/test/sdk-campaign
OUT=${GATEHOUSE_OUT:-build}
mkdir -p "$TEST_DIR"
tools/setup.sh sdk-test qemu-virt-aarch64 qemu-virt-armv7
. tests/sdk/follow.sh

follow sh
booted 4
follow "sh more"
booted 8
follow "sh cmake"
booted 10
echo "1 passed, 0 failed, 0 skipped"
