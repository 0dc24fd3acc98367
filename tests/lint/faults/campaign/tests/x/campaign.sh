#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A campaign that nobody can call.
set -eu
