# SPDX-License-Identifier: BSD-2-Clause-Patent
# A session with the demonstration's shell, typed in one go as `make run <script` does, and looked
# at afterwards answer by answer. Sourced after boot.sh.
# shellcheck shell=sh disable=SC2154

session_script=$TEST_DIR/script
session_answers=$TEST_DIR/answers

# Types the lines of standard input into the shell of image $1, then `poweroff`. Further arguments
# are QEMU's. Fails unless the guest ends in good order and has answered each line once.
session_run() {
	session_image=$1
	shift
	cat >"$session_script"
	echo poweroff >>"$session_script"
	session_code=0
	sed '$d' "$session_script" |
		RUN_TIMEOUT="${RUN_TIMEOUT:-90}" tools/run.sh "$BOARD" "$session_image" "$@" \
			>"$boot_console" 2>"$TEST_DIR/qemu" || session_code=$?
	[ "$session_code" = 0 ] || fail "the session did not end well: run.sh gives $session_code"
	session_split
}

# One file for each line that was typed; answers/0 is what came before. A line of somebody else
# that was written over the prompt belongs to the answer before it.
session_split() {
	session_number=0
	rm -rf "$session_answers"
	mkdir -p "$session_answers"
	escape=$(printf '\033')
	return=$(printf '\r')
	sed -e "s/^.*$return$escape\[K//" -e "s/$return//g" "$boot_console" | tr -d '\000' |
		awk -v folder="$session_answers" -v prompt="$prompt" '
			index($0, prompt) == 1 {
				close(folder "/" n + 0)
				n++
				print substr($0, length(prompt) + 1) >(folder "/lines")
				printf "" >(folder "/" n)
				next
			}
			{ print >(folder "/" n + 0) }'
	cmp -s "$session_answers/lines" "$session_script" || fail "what was typed is not what was answered:" \
		"$(diff "$session_script" "$session_answers/lines" | sed -n 2p)"
}

# The answer to the next line, which must be $1.
ask() {
	session_number=$((session_number + 1))
	asked=$(sed -n "${session_number}p" "$session_script")
	[ "$asked" = "$1" ] || fail "the test asks '$1', but line $session_number was '$asked'"
	answer=$session_answers/$session_number
}

# Fails unless the answer has a line that the expression matches as a whole.
has() {
	grep -aqxE -e "$1" "$answer" || fail "no line '$1' in the answer to '$asked': $(tr "\n" "/" <"$answer")"
}

has_not() {
	! grep -aqE -e "$1" "$answer" || fail "there is '$1' in the answer to '$asked'"
}

# How many lines of the answer match.
has_count() {
	session_count=$(grep -acE -e "$2" "$answer") || :
	[ "$session_count" = "$1" ] ||
		fail "$session_count lines '$2' in the answer to '$asked', not $1: $(tr "\n" "/" <"$answer")"
}

# How often the whole session shows the expression.
session_counts() {
	session_count=$(tr -d '\r\000' <"$boot_console" | grep -acE -e "$2") || :
	[ "$session_count" = "$1" ] || fail "'$2' appears $session_count times, not $1"
}
