#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Fifty of the byte flips of `make test-flips` on this board.
# timeout: 180
set -eu

exec sh tests/flips/flip.sh "$OUT/$BOARD/thermostat/image.bin" 50 "${SEED:-1}"
