#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Processes that run when somebody asks for them: never more than the template says, only whose
# template the policy allows, no longer than their lives last, and each with the whole of its
# account, however often it was used. None ends as it likes.
set -eu
. tests/lib/boot.sh

build_image tests/boot/template || fail "the image was not built; see $build_log"
ICOUNT=1 boot_start "$image"
boot_expect 'boss: 100 rounds, [0-9]+ failed' 90
case $boot_found in
*', 0 failed') ;;
*) fail "$boot_found" ;;
esac
boot_exit 0
for worker in job1 job2 job3; do
	tr -d '\r\000' <"$boot_console" | grep -aqE "^$worker: [0-9]+ pages, to end badly is denied\$" ||
		fail "$worker never ran, or ended as it liked"
done
boot_never 'other1|panic'
