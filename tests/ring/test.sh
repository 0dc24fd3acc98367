#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Rings under weak memory (every execution of a small case), and under ThreadSanitizer. What takes
# an order or a check away must be found by one of the two.
# timeout: 240
set -eu
export LC_ALL=C

fail() {
	echo "FAIL: $*"
	exit 1
}

: "${TEST_DIR:?is set by tests/run.sh}"
mkdir -p "$TEST_DIR"
flags='-std=c11 -g -Wall -Wextra -Wno-tsan -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -I.'
user='-idirafter libc-glue/include -Ikernel/include'

# $1: program; $2: ring.c; $3: which order ring_order.h leaves out, 0 none
build_model() {
	# shellcheck disable=SC2086
	gcc $flags -O2 -DMUTANT="$3" -Itests/ring/model $user tests/ring/model.c \
		tests/ring/machine.c "$2" libc-glue/ring_port.c -o "$1"
}

# $1: program; $2: ring.c
build_threads() {
	# shellcheck disable=SC2086
	gcc $flags -O1 -fsanitize=thread -pthread $user tests/ring/threads.c "$2" \
		libc-glue/ring_port.c -o "$1"
}

# $1: name of the change; $2: what sed does to ring.c; $3: order left out. The model must find it.
expect_found() {
	sed "$2" libc-glue/ring.c >"$TEST_DIR/$1.c"
	[ -z "$2" ] || ! cmp -s "$TEST_DIR/$1.c" libc-glue/ring.c || fail "$1 changes nothing"
	build_model "$TEST_DIR/$1" "$TEST_DIR/$1.c" "$3"
	! "$TEST_DIR/$1" 2 3 >"$TEST_DIR/$1.log" || fail "$1 was not found by the model"
	echo "$1: $(cat "$TEST_DIR/$1.log")"
}

build_model "$TEST_DIR/model" libc-glue/ring.c 0
for size in '1 2' '2 3'; do
	# shellcheck disable=SC2086
	"$TEST_DIR/model" $size || fail "weak memory: room and records $size"
done
expect_found relaxed_store '' 1
expect_found relaxed_load '' 2
expect_found no_fence '' 3
expect_found wakes_late 's/== step;/== step + 1;/' 0
expect_found wants_late 's/seen + steps - 1/seen + steps/' 0
full='return steps_left(ring, ring->peer_index) == ring->count;'
expect_found takes_too_much "s/$full/return ring->count == 0;/" 0

build_threads "$TEST_DIR/threads" libc-glue/ring.c
"$TEST_DIR/threads" 100000 || fail "under ThreadSanitizer"
# A record that is copied behind its index.
sed '/ring_copy(ring_record(ring), record/{h;d;};/wake = ring_step(ring);/{G;}' \
	libc-glue/ring.c >"$TEST_DIR/late.c"
build_threads "$TEST_DIR/late" "$TEST_DIR/late.c"
! "$TEST_DIR/late" 1000 >"$TEST_DIR/late.log" 2>&1 || fail "ThreadSanitizer finds nothing"
