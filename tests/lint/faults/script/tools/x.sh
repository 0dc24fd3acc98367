#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Says hello.
echo hello
