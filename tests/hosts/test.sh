#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The broker of Linux: between two processes through a bucket, with descriptors, under attack; and
# the first events of one trace that all hosts share. The rest is tests/hosts/campaign.sh.
# timeout: 300
set -eu
. tests/hosts/hosts.sh
. tests/hosts/parts.sh

hosts_make "$OUT/host/ksm-broker" "$OUT/host/tests/ksm-broker" "$OUT/host/tests/rig" \
	"$OUT/host/tests/ksm-broker-late"
hosts_rig_blobs
part_rig 20000 150 1
part_files
part_end
part_users
part_trace 003000
