#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The model of the message path speaks of the kernel as it is: each of its steps is a function of
# kernel/ by that name. `make test-prove` searches it.
set -eu

# What the model has of its own.
own='ended block check maybe_deadline message_reply_kept'

steps=$(sed -n 's/^inline \([a-z_]*\)(.*/\1/p' tests/prove/message.pml)
[ "$(echo "$steps" | wc -l)" -gt 15 ] || {
	echo "FAIL: the model has no steps"
	exit 1
}
for step in $steps; do
	case " $own " in
	*" $step "*) continue ;;
	esac
	grep -q "^$step(" kernel/*.c || {
		echo "FAIL: the model has a step $step, the kernel has no such function"
		exit 1
	}
done
