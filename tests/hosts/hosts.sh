# SPDX-License-Identifier: BSD-2-Clause-Patent
# Helpers of tests/hosts: sourced by test.sh and campaign.sh at the top of the tree.
# shellcheck shell=sh
set -eu
export LC_ALL=C

: "${OUT:=build}" "${TEST_DIR:?an empty folder}" "${BOARD:?the board that blobs are built for}"
hosts_broker=
hosts_pids=

fail() {
	for hosts_log in "$TEST_DIR"/*.log; do
		if [ -s "$hosts_log" ]; then
			echo "--- $hosts_log ---"
			tail -n 15 "$hosts_log"
		fi
	done
	echo "FAIL: $*"
	exit 1
}

hosts_stop() {
	for hosts_pid in $hosts_pids $hosts_broker; do
		kill "$hosts_pid" 2>/dev/null || :
		wait "$hosts_pid" 2>/dev/null || :
	done
	hosts_pids='' hosts_broker=''
}

trap hosts_stop EXIT
trap 'hosts_stop; exit 130' INT TERM HUP

# Two tests may build at once, make may not.
hosts_make() {
	flock "$OUT/test-build.lock" env GATEHOUSE_INNER=1 make -s BOARD="$BOARD" "$@" \
		>"$TEST_DIR/make.log" 2>&1 || fail "make $* failed"
}

# Writes $TEST_DIR/rig0.policy, rig1.policy and rig.system: the rig's two policies, each beside the
# other.
hosts_rig_blobs() {
	for hosts_file in product stop; do
		"$OUT/host/gate" build "tests/hosts/rig/$hosts_file.gate" -I . --board "$BOARD" \
			--policy "$TEST_DIR/$hosts_file.own" >"$TEST_DIR/gate.log" 2>&1 ||
			fail "gate build $hosts_file.gate"
	done
	"$OUT/host/gate" build tests/hosts/rig/product.gate -I . --board "$BOARD" \
		--policy "$TEST_DIR/rig0.policy" --system "$TEST_DIR/rig.system" \
		--also "$TEST_DIR/stop.own" >"$TEST_DIR/gate.log" 2>&1 || fail "gate build --also"
	"$OUT/host/gate" build tests/hosts/rig/stop.gate -I . --board "$BOARD" \
		--policy "$TEST_DIR/rig1.policy" --version 1 \
		--also "$TEST_DIR/product.own" >"$TEST_DIR/gate.log" 2>&1 || fail "gate build --also"
	printf 'instance %s uid self\n' sender other receiver >"$TEST_DIR/rig.hosts"
}

# A folder for sockets whose name is short enough for one. $1: name
hosts_folder() {
	hosts_sockets=$(mktemp -d)/$1
}

# Starts a broker, waits until it is ready. $1: program; its options and files follow.
hosts_broker_start() {
	hosts_program=$1
	shift
	"$hosts_program" "$@" "$hosts_sockets" 2>"$TEST_DIR/broker.log" &
	hosts_broker=$!
	hosts_tries=0
	until grep -q '^ksm-broker: ready' "$TEST_DIR/broker.log"; do
		kill -0 "$hosts_broker" 2>/dev/null || fail "the broker ended at once"
		hosts_tries=$((hosts_tries + 1))
		[ "$hosts_tries" -lt 200 ] || fail "the broker is not ready after 10 s"
		sleep 0.05
	done
}

# Ends it; it must end well (a sanitizer's finding is no good end), and take its sockets away.
hosts_broker_end() {
	kill "$hosts_broker"
	hosts_code=0
	wait "$hosts_broker" || hosts_code=$?
	hosts_broker=
	[ "$hosts_code" = 0 ] || fail "the broker ended with code $hosts_code"
	[ -z "$(ls -A "$hosts_sockets")" ] || fail "sockets are left in $hosts_sockets"
	rm -rf "${hosts_sockets%/*}"
}

hosts_ask() {
	"$OUT/host/ksm-broker" ask "$hosts_sockets" "$@"
}
