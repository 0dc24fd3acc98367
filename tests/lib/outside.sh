# SPDX-License-Identifier: BSD-2-Clause-Patent
# Looks at a guest from outside: its memory is a file, in which tests/host/peek.c finds what the
# monitor counted and recorded. Needs no console and no program of the guest; works while it runs
# and after it ended. Sourced after boot.sh.
# shellcheck shell=sh disable=SC2154,SC2034

outside_ram=$TEST_DIR/ram
outside_facts=$TEST_DIR/facts

# Arguments of QEMU for boot_start and run.sh; contain no blanks.
outside_qemu="-object memory-backend-file,id=ram,size=$(board_value ram),mem-path=$outside_ram,share=on
	-machine memory-backend=ram"

outside_new() {
	rm -f "$outside_ram" "$outside_facts"
}

# Writes the facts of the guest that runs image $1.
outside_look() {
	# RAM of QEMU's virt machines starts at 1 GiB.
	"$OUT/host/tests/peek" "$1" "$outside_ram" $(($(board_value load) - 0x40000000)) \
		>"$outside_facts" 2>"$TEST_DIR/peek" || return 1
}

# Looks until $2 (an awk condition over `facts`, whose lines the awk program $3 has read) holds.
# $1: image, $4: seconds. False: it never did.
outside_await() {
	outside_end=$(($(date +%s) + $4))
	while :; do
		if outside_look "$1" && awk "$3 END { exit !($2) }" "$outside_facts"; then
			return 0
		fi
		[ "$(date +%s)" -lt "$outside_end" ] || return 1
		sleep 0.1
	done
}
