# SPDX-License-Identifier: BSD-2-Clause-Patent
# What is tested of the hosts, part by part; sourced behind hosts.sh.
# shellcheck shell=sh
: "${OUT:?}" "${TEST_DIR:?}" "${BOARD:?}"
hosts_sockets='' hosts_broker='' hosts_pids=''

# What must not grow while hostile processes do their worst: open descriptors, and memory.
rig_held() {
	find "/proc/$hosts_broker/fd" -type l | wc -l
	sed -n 's/^VmData: *//p' "/proc/$hosts_broker/status"
}

# $1: messages through the bucket, $2: rounds of random packets, $3: seed
part_rig() {
	rig=$OUT/host/tests/rig
	hosts_folder rig
	hosts_broker_start "$OUT/host/tests/ksm-broker" --policy "$TEST_DIR/rig0.policy" \
		--policy "$TEST_DIR/rig1.policy" --system "$TEST_DIR/rig.system" \
		--hosts "$TEST_DIR/rig.hosts"
	"$rig" receiver "$hosts_sockets" 2>"$TEST_DIR/receiver.log" &
	hosts_pids=$!
	"$rig" share "$hosts_sockets" 2>"$TEST_DIR/share.log" || fail "descriptors, signals, swap"
	"$rig" hostile "$hosts_sockets" 0 1 2>"$TEST_DIR/hostile.log" || fail "hostile, once"
	rig_held >"$TEST_DIR/held.before"

	# In the middle of it the policy changes under both, and comes back by itself.
	"$rig" sender "$hosts_sockets" "$1" >"$TEST_DIR/sender.out" 2>"$TEST_DIR/sender.log" &
	sender=$!
	hosts_pids="$hosts_pids $sender"
	until hosts_ask status | grep -q "^sender *connected"; do
		kill -0 "$sender" 2>/dev/null || fail "the sender did not stay"
		sleep 0.02
	done
	hosts_ask load 1 100 >"$TEST_DIR/ask.log" || fail "load"
	"$rig" hostile "$hosts_sockets" "$3" "$2" 2>"$TEST_DIR/hostile.log" || fail "hostile"
	wait "$sender" || fail "the sender"
	cat "$TEST_DIR/sender.out"
	sleep 0.2
	rig_held >"$TEST_DIR/held.after"
	cmp -s "$TEST_DIR/held.before" "$TEST_DIR/held.after" ||
		fail "descriptors or memory grew: $(cat "$TEST_DIR/held.before" \
			"$TEST_DIR/held.after" | tr '\n' ' ')"
	rig_look
	hosts_broker_end
	hosts_pids=
}

# What the broker says of all that.
rig_look() {
	hosts_ask status >"$TEST_DIR/status.log"
	grep -q '^policy 0 of 2, version 0, epoch 4$' "$TEST_DIR/status.log" || fail "status"
	hosts_ask edges | tr -s ' ' >"$TEST_DIR/edges.log"
	grep -q '^sender receiver Pipe ' "$TEST_DIR/edges.log" || fail "edges"
	for line in 'denied  sender -> receiver : Pipe.put +full: Flow, [0-9]+ ms too early' \
		'denied  sender -> receiver : Pipe.put +default' \
		'denied  receiver -> sender : share receiver.Private +default' \
		'policy 1 in force, on trial, by sender, epoch 1' \
		'policy 0 in force again, by sender, epoch 2' \
		'policy 1 in force, on trial, by init, epoch 3' \
		'policy 0 in force again, nobody confirmed: by kernel, epoch 4' \
		'denied  other -> '; do
		grep -qE "$line" "$TEST_DIR/broker.log" || fail "the log does not say: $line"
	done
	if hosts_ask load 7 100 2>"$TEST_DIR/ask.log"; then
		fail "a policy that is not there was loaded"
	fi
	grep -q '^an argument is out of range$' "$TEST_DIR/ask.log" || fail "load 7"
	number=$(hosts_ask records | sed -n 's/^ *\([0-9]*\) .*full: Flow.*/\1/p' | tail -n 1)
	[ -z "$number" ] || hosts_ask why "$number" >"$TEST_DIR/why.log" || fail "why"
	[ -z "$number" ] || grep -q 'because "no faster than it can be used"' "$TEST_DIR/why.log" ||
		fail "why $number does not name the rule"
}

# $1: what the broker must say; its arguments follow.
refused() {
	want=$1
	shift
	if "$OUT/host/tests/ksm-broker" "$@" >"$TEST_DIR/refused.log" 2>&1; then
		fail "the broker took: $*"
	fi
	grep -qF -- "$want" "$TEST_DIR/refused.log" || fail "the broker does not say: $want"
}

# Files that are not what they should be.
part_files() {
	policy=$TEST_DIR/rig0.policy system=$TEST_DIR/rig.system hosts=$TEST_DIR/rig.hosts
	hosts_folder files
	refused 'usage: ksm-broker'
	refused 'cannot read this file' --policy /nowhere --system "$system" --hosts "$hosts" x
	refused 'error: it is no system blob of this version' \
		--policy "$policy" --system "$policy" --hosts "$hosts" "$hosts_sockets"
	{
		head -c 4000 "$policy"
		printf 'x'
		tail -c +4002 "$policy"
	} >"$TEST_DIR/bad.policy"
	refused 'bad.policy: error: ' \
		--policy "$TEST_DIR/bad.policy" --system "$system" --hosts "$hosts" "$hosts_sockets"
	for line in 'instance nobody uid self|:1: error: the system has no instance of this name' \
		'instance sender uid nosuchuser|:1: error: there is no such user' \
		'sender self|:1: error: a line says: instance NAME uid USER [exe PATH]' \
		'instance sender uid self exe /nowhere|:1: error: there is no such executable'; do
		echo "${line%|*}" >"$TEST_DIR/bad.hosts"
		refused "bad.hosts${line#*|}" --policy "$policy" --system "$system" \
			--hosts "$TEST_DIR/bad.hosts" "$hosts_sockets"
	done
	rm -rf "${hosts_sockets%/*}"
}

# A signal to end that comes just before it waits ends it, too.
part_end() {
	hosts_folder end
	timeout 10 "$OUT/host/tests/ksm-broker-late" --policy "$TEST_DIR/rig0.policy" \
		--system "$TEST_DIR/rig.system" --hosts "$TEST_DIR/rig.hosts" "$hosts_sockets" \
		2>"$TEST_DIR/broker.log" || fail "the broker waits for events after SIGTERM"
	rm -rf "${hosts_sockets%/*}"
}

# Who is somebody else: another executable, and, where there is root to try it, another user.
part_users() {
	hosts_folder users
	chmod 755 "${hosts_sockets%/*}"
	cp "$OUT/host/tests/rig" "${hosts_sockets%/*}/stranger"
	printf 'instance sender uid self exe %s\ninstance receiver uid self\n' \
		"$(pwd)/$OUT/host/tests/rig" >"$TEST_DIR/users.hosts"
	hosts_broker_start "$OUT/host/tests/ksm-broker" --policy "$TEST_DIR/rig0.policy" \
		--system "$TEST_DIR/rig.system" --hosts "$TEST_DIR/users.hosts"
	if "${hosts_sockets%/*}/stranger" sender "$hosts_sockets" 1 2>"$TEST_DIR/stranger.log"; then
		fail "another executable was taken for the sender"
	fi
	grep -q 'refused to be sender: another executable' "$TEST_DIR/broker.log" ||
		fail "nobody said why the stranger was refused"
	if [ "$(id -u)" = 0 ]; then
		chmod 666 "$hosts_sockets/receiver" # what the file would have kept off
		if timeout 10 setpriv --reuid=65534 --clear-groups \
			"${hosts_sockets%/*}/stranger" receiver "$hosts_sockets" \
			2>"$TEST_DIR/stranger.log"; then
			fail "another user was taken for the receiver"
		fi
		grep -q 'refused to be receiver: another user' "$TEST_DIR/broker.log" ||
			fail "nobody said why another user was refused"
	fi
	hosts_broker_end
}

# The same blob and the same two programs, of the board, under each host. $1: events, six digits
part_trace() {
	hosts_make DEPLOYMENT=tests/hosts image "$OUT/$BOARD/bare/hosts.elf" "$OUT/host/ksm-broker" \
		"$OUT/host/components/hosts/driver.elf" "$OUT/host/components/hosts/target.elf"
	trace_linux "$1"
	trace_kernel "$1"
	trace_bare "$1"
	cmp "$TEST_DIR/trace.linux" "$TEST_DIR/trace.kernel" ||
		fail "Linux and Gatehouse decide differently on $BOARD"
	cmp "$TEST_DIR/trace.linux" "$TEST_DIR/trace.bare" ||
		fail "Linux and the bare image decide differently on $BOARD"
	[ "$(wc -l <"$TEST_DIR/trace.linux")" -ge 2 ] || fail "the trace has no lines"
	tail -n 1 "$TEST_DIR/trace.linux"
}

board_value() {
	sed -n "s/^board\.$1 *:= *//p" "boards/$BOARD.mk"
}

# Tasks in one address space; the image makes all events, in a second or two.
trace_bare() {
	timeout 100 "$(board_value qemu)" -M virt -cpu "$(board_value cpu)" -nic none -display none \
		-serial none -monitor none -semihosting -kernel "$OUT/$BOARD/bare/hosts.elf" \
		</dev/null >"$TEST_DIR/bare.log" 2>&1 || fail "the bare image did not end well"
	grep -q "^bare: the policy is verified" "$TEST_DIR/bare.log" || fail "the bare image"
	sed -n "/^trace [0-9]/p; /^trace $1/q" "$TEST_DIR/bare.log" >"$TEST_DIR/trace.bare"
}

trace_kernel() {
	mkdir -p "$TEST_DIR/kernel"
	TEST_DIR=$TEST_DIR/kernel sh tests/hosts/kernel.sh "$1" >"$TEST_DIR/trace.kernel" ||
		fail "Gatehouse: $(tail -n 1 "$TEST_DIR/trace.kernel")"
}

# Under the broker that people use, not the one with sanitizers.
trace_linux() {
	programs=$OUT/host/components/hosts
	hosts_folder trace
	printf 'instance %s uid self\n' driver target >"$TEST_DIR/trace.hosts"
	hosts_broker_start "$OUT/host/ksm-broker" --policy "$OUT/$BOARD/hosts/policy.blob" \
		--system "$OUT/$BOARD/hosts/system.blob" --hosts "$TEST_DIR/trace.hosts"
	KSM_BROKER=$hosts_sockets KSM_INSTANCE=target "$programs/target.elf" \
		2>"$TEST_DIR/target.log" &
	hosts_pids=$!
	KSM_BROKER=$hosts_sockets KSM_INSTANCE=driver "$programs/driver.elf" \
		>"$TEST_DIR/driver.out" 2>"$TEST_DIR/driver.log" &
	driver=$!
	hosts_pids="$hosts_pids $driver"
	until grep -q "^trace $1" "$TEST_DIR/driver.out"; do
		kill -0 "$driver" 2>/dev/null || fail "the driver ended before event $1"
		sleep 0.1
	done
	sed -n "/^trace [0-9]/p; /^trace $1/q" "$TEST_DIR/driver.out" >"$TEST_DIR/trace.linux"
	kill "$driver" 2>/dev/null || :
	hosts_broker_end
	hosts_stop
}
