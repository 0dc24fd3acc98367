#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Prints the targets of a Makefile that have a `##` comment, and the variables.
#
# usage: help.sh MAKEFILE
set -eu
printf 'Gatehouse. Start with: make run\n\n'
awk '
/^[a-z%-]+:.*## / {
	target = $0
	sub(/:.*/, "", target)
	sub(/%/, "NAME", target)
	text = $0
	sub(/.*## /, "", text)
	printf "  make %-12s %s\n", target, text
}' "$1"
cat <<'END'

  BOARD=name         qemu-virt-aarch64 (default) or another of make boards
  DEPLOYMENT=name    thermostat (default), another of make deployments, or a folder
  ONLY=glob          only tests whose names match
  SEED=number        seed of campaigns
  CPU=name           another processor of the board: cortex-a57, cortex-a72, cortex-a7
  V=1                show the commands
END
