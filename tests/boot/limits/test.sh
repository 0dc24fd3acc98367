#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Bombs of threads, handles, memory, descriptors and files each meet the limit that the system
# gives them, with its error; who works beside them waits less than a second.
set -eu
. tests/lib/boot.sh
. tests/target/deployment.sh

target_start limits
target_finish 100
said() {
	tr -d '\r\000' <"$boot_console" | grep -aqE "$1" || fail "nobody said: $1"
}
# The system's figures: 6 threads, one of them the first; 10 descriptors, three of them standard;
# 256 KiB of files; a table that fits an account of 1 MiB.
said '^threads: 5, then EAGAIN'
said '^descriptors: 7, then EMFILE'
said '^files: 6[0-9], then ENOSPC'
said '^handles: [0-9]+, then EMFILE'
said '^memories: [0-9]+, then ENOMEM'
boot_never 'another answer later'
