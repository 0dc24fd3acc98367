#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots an image in QEMU. On a terminal one types into its shell; otherwise every line of standard
# input is typed when the prompt appears, and `poweroff` after the last one.
#
# usage: run.sh BOARD IMAGE [QEMU ARGUMENT...]
# environment:
#   CPU            another processor of the board
#   QEMU_ICOUNT=1  one instruction is one nanosecond: the same run every time
#   RUN_TIMEOUT    seconds that a run without a terminal may take (default 120)
# exit code: 0 when the guest powered itself off in good order, 1 otherwise
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
recipe=/dev/null who=run
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"
[ $# -ge 2 ] || fail "it needs a board and an image" "type: make run"
board=$1
image=$2
shift 2

# A value of the board's make fragment.
board_value() {
	sed -n "s/^board\.$1 *:= *//p" "$top/boards/$board.mk"
}

[ -f "$top/boards/$board.mk" ] || fail "there is no board '$board'" "type: make boards"
[ -f "$image" ] || fail "there is no image $image" "type: make image BOARD=$board"
qemu=$(board_value qemu)
command -v "$qemu" >/dev/null || fail "$qemu is not installed" "type: make doctor"
cpu=${CPU:-$(board_value cpu)}
case " $(board_value cpus) " in
*" $cpu "*) ;;
*) fail "board $board does not run on '$cpu'" "CPU can be: $(board_value cpus)" ;;
esac
set -- -M "$(board_value machine)" -cpu "$cpu" -m "$(board_value ram)" -nic none -semihosting \
	-kernel "$image" "$@"
# A seed for random bytes (servers/random), new for each start, for nobody else to read.
seed=$(mktemp "${TMPDIR:-/tmp}/gatehouse-seed.XXXXXX") || fail "no file for a seed" "set TMPDIR"
saved=
leave() {
	rm -f "$seed"
	[ -z "$saved" ] || stty "$saved"
}
trap leave EXIT
head -c 64 /dev/urandom >"$seed"
set -- "$@" -fw_cfg "name=opt/org.gatehouse/seed,file=$seed"
[ -z "${QEMU_ICOUNT:-}" ] || set -- "$@" -icount shift=0,sleep=off


# `guest` stands between QEMU and the terminal: it types lines, explains Ctrl-C, restores the
# terminal, and gives lines about faults to symbolize.sh.
guest=${GATEHOUSE_OUT:-$top/build}/host/guest
[ -x "$guest" ] || fail "there is no $guest" "type: make run"
if [ -t 0 ]; then
	printf 'To leave: type poweroff, or press Ctrl-A and then x.\n' >&2
	saved=$(stty -g)
	trap : INT TERM HUP
fi
"$guest" "${RUN_TIMEOUT:-120}" "$top/tools/symbolize.sh --only '$(dirname "$image")'" \
	"$qemu" "$@" -display none -monitor none -serial stdio || exit 1
