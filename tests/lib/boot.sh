# SPDX-License-Identifier: BSD-2-Clause-Patent
# Helpers of boot tests: sourced by tests/boot/NAME/test.sh, which tests/run.sh starts at the top of
# the tree with BOARD, TEST_DIR (a folder of its own), OUT (build), SEED in the environment.
# shellcheck shell=sh
set -eu
export LC_ALL=C

: "${BOARD:?is set by tests/run.sh}" "${TEST_DIR:?is set by tests/run.sh}" "${OUT:=build}"
prompt='gatehouse> '
boot_console=$TEST_DIR/console
boot_pid=
boot_at=0

# Ends the test: the sentence is what tests/run.sh prints; the console's end stands in the log.
fail() {
	if [ -s "$boot_console" ]; then
		echo "--- console ---"
		tail -n 40 "$boot_console" | tr -d '\r'
		echo
	fi
	echo "FAIL: $*"
	exit 1
}

# Ends the test: it cannot run here.
skip() {
	echo "$*"
	exit 77
}

# A value of the board's make fragment: arch, qemu, machine, cpu, ram ...
board_value() {
	sed -n "s/^board\.$1 *:= *//p" "boards/$BOARD.mk"
}

boot_stop() {
	if [ -n "$boot_pid" ]; then
		kill "$boot_pid" 2>/dev/null || :
		wait "$boot_pid" 2>/dev/null || :
		boot_pid=
	fi
}

trap boot_stop EXIT
trap 'boot_stop; exit 130' INT TERM HUP

# The image of a deployment (a name, or a folder), built if need be. Two tests may build at once,
# make may not. On failure: build_log, exit code of make.
build_image() {
	build_log=$TEST_DIR/make
	mkdir -p "$OUT"
	flock "$OUT/test-build.lock" \
		make -s image BOARD="$BOARD" DEPLOYMENT="$1" >"$build_log" 2>&1 || return $?
	# The variable is for the script that sources this.
	# shellcheck disable=SC2034
	case $1 in
	*/examples/*) image=$OUT/$BOARD/examples-$(basename "$1")/image.bin ;;
	*) image=$OUT/$BOARD/$(basename "$1")/image.bin ;;
	esac
}

# Starts QEMU on an image; further arguments are QEMU's. ICOUNT=1: one instruction, one nanosecond.
boot_start() {
	boot_image=$1
	shift
	[ -z "${BOOT_PLUGIN:-}" ] || set -- "$@" -plugin "$BOOT_PLUGIN" # see tests/coverage
	[ -f "$boot_image" ] || fail "there is no image $boot_image; make image BOARD=$BOARD"
	# A panic starts the machine anew: no test waits for what comes then, but with REBOOTS=1.
	[ -n "${REBOOTS:-}" ] || set -- "$@" -no-reboot
	[ -z "${ICOUNT:-}" ] || set -- "$@" -icount shift=0,sleep=off
	rm -f "$TEST_DIR/keys"
	mkfifo "$TEST_DIR/keys"
	: >"$boot_console"
	boot_at=0
	"$(board_value qemu)" -M "$(board_value machine)" -cpu "${CPU:-$(board_value cpu)}" \
		-m "$(board_value ram)" -nic none -display none -monitor none -serial stdio \
		-semihosting -kernel "$boot_image" "$@" \
		<"$TEST_DIR/keys" >"$boot_console" 2>"$TEST_DIR/qemu" &
	boot_pid=$!
	exec 3>"$TEST_DIR/keys"
}

# Waits until the console shows the extended regular expression behind what was expected before.
# $2: seconds (20). boot_found is what matched.
boot_expect() {
	boot_end=$(($(date +%s) + ${2:-20}))
	while :; do
		# 12:text, counted from what was not read yet.
		boot_match=$(tail -c +$((boot_at + 1)) "$boot_console" | tr -d '\r\000' |
			grep -aboE -m 1 -e "$1" | head -n 1) || :
		[ -z "$boot_match" ] || break
		if ! kill -0 "$boot_pid" 2>/dev/null && [ -z "${boot_last:-}" ]; then
			boot_last=1 # it ended: one more look at all that it wrote
			continue
		fi
		[ -z "${boot_last:-}" ] || fail "the guest ended before it printed '$1'"
		[ "$(date +%s)" -lt "$boot_end" ] || fail "'$1' did not appear within ${2:-20} s"
		sleep 0.05
	done
	boot_last=
	boot_found=${boot_match#*:}
	boot_skip "${boot_match%%:*}" "${#boot_found}"
}

# Advances boot_at over $1 + $2 bytes of the console, not counting the carriage returns that
# boot_expect took away.
boot_skip() {
	boot_at=$(tail -c +$((boot_at + 1)) "$boot_console" |
		od -An -v -tu1 | awk -v want=$(($1 + $2)) -v at="$boot_at" '
			{
				for (i = 1; i <= NF && want > 0; i++) {
					at++
					if ($i != 13 && $i != 0) want--
				}
			}
			want == 0 { exit }
			END { print at }')
}

# Types a line as it is.
boot_type() {
	printf '%s\n' "$1" >&3
}

# Waits for the prompt, then types a line.
boot_command() {
	boot_expect "$prompt" "${2:-20}"
	boot_type "$1"
}

# Fails if the console ever showed the expression.
boot_never() {
	if tr -d '\r\000' <"$boot_console" | grep -aqE -e "$1"; then
		fail "the console shows '$1'"
	fi
}

# The machine that started anew did so because of a panic: the code that a stop for good would have.
boot_code_of_panic() {
	if [ "$boot_code" = 0 ] && [ -z "${REBOOTS:-}" ] &&
		tr -d '\r\000' <"$boot_console" | grep -aq '^panic: '; then
		boot_code=101 # kernel/panic.h
	fi
}

# Waits for the end of the guest; fails unless its exit code is $1. $2: seconds (20).
boot_exit() {
	boot_end=$(($(date +%s) + ${2:-20}))
	while kill -0 "$boot_pid" 2>/dev/null; do
		[ "$(date +%s)" -lt "$boot_end" ] || fail "the guest did not end within ${2:-20} s"
		sleep 0.05
	done
	boot_code=0
	wait "$boot_pid" || boot_code=$?
	boot_pid=
	boot_code_of_panic
	exec 3>&-
	[ "$boot_code" = "$1" ] || fail "the guest ended with code $boot_code, expected $1"
}

# Waits for the end of the guest, whatever its exit code: boot_code. $1: seconds (20).
boot_wait_end() {
	boot_end=$(($(date +%s) + ${1:-20}))
	while kill -0 "$boot_pid" 2>/dev/null; do
		[ "$(date +%s)" -lt "$boot_end" ] || fail "the guest did not end within ${1:-20} s"
		sleep 0.05
	done
	boot_code=0
	wait "$boot_pid" || boot_code=$?
	boot_pid=
	boot_code_of_panic
	exec 3>&-
}
