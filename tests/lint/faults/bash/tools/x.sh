#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Says hello.
set -eu
echo hello
