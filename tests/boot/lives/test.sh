#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Objects of every kind made, used and destroyed: a part of make test-objects, and the same on a
# kernel that looks at all of its state on every way in and out.
# timeout: 200
set -eu
sh tests/objects/run.sh 2000 "${SEED:-1}" 100 shipped
sh tests/objects/run.sh 100 "${SEED:-2}" 100 checked
