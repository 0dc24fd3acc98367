#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots the thermostat once for each number, with that allocation of the kernel refused: while init
# makes the processes, while they start, while one is started anew. Whatever fails says so, nothing
# else is hurt.
#
# usage: run.sh FIRST STEP LAST (environment as of a boot test)
set -eu
. tests/lib/boot.sh
. tests/lib/kernel.sh
: "${build_log:=}" "${image:=}" "${link_cross:=}" "${boot_found:=}"

kernel=$TEST_DIR/kernel

# Where the number stands in kernel.bin.
offset_of_number() {
	"${link_cross}nm" "$kernel/kernel.elf" | awk '
		function number(hex,    i, value) {
			for (i = 1; i <= length(hex); i++)
				value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
			return value
		}
		$3 == "scarce_at" { at = number($1) }
		$3 == "kernel_load" { load = number($1) }
		END { printf "%d\n", at - load }'
}

# Little-endian into the kernel's data. $1: the number
write_number() {
	bytes=$(printf '\\%03o\\%03o\\000\\000' $(($1 % 256)) $(($1 / 256)))
	# The bytes are a format.
	# shellcheck disable=SC2059
	printf "$bytes" | dd of="$kernel/kernel.bin" bs=1 seek="$offset" conv=notrunc status=none
}

# Prints what came of refusing one allocation. Until there is a shell, the kernel may lack what it
# needs to start init (a panic that says so), or there is no process that prints.
boot_once() {
	ICOUNT=1 boot_start "$kernel/image.bin"
	boot_seconds=0
	until tr -d '\r\000' <"$boot_console" | grep -aqE "$prompt|^panic: "; do
		[ "$boot_seconds" -lt 40 ] || break
		boot_seconds=$((boot_seconds + 1))
		sleep 0.1
	done
	if grep -aq '^panic: ' "$boot_console"; then
		! grep -aqE '^panic: .*(\.c:[0-9]|faulted|no life)' "$boot_console" ||
			fail "$number: $(grep -a '^panic' "$boot_console")"
		echo "$number: $(grep -a '^panic: ' "$boot_console" | tr -d '\r')"
		return 0
	fi
	if ! grep -aq "$prompt" "$boot_console"; then
		kill -0 "$boot_pid" || fail "$number: the machine ended"
		grep -aq 'edges in force' "$boot_console" || fail "$number: nothing was printed"
		echo "$number: no shell"
		return 0
	fi
	boot_command 'restart driver'
	boot_command ps
	boot_command poweroff 30
	boot_exit 0
	boot_never panic
	stopped=$(tr -d '\r\000' <"$boot_console" |
		awk '$3 ~ /^(stopped|absent|waiting|failed)/ { print $1 }' | tr '\n' ' ')
	case $stopped in
	*' '*' '*) fail "$number: more than one process was hurt: $stopped" ;;
	'') echo "$number: all run" ;;
	*) echo "$number: $stopped does not run" ;;
	esac
}

build_image thermostat || fail "make image failed: $(tail -n 1 "$build_log")"
# The check of the whole state at each call is for other tests: its syscall.c stays out.
set -- "$@" tests/check/*.c
for source in tests/check/kernel/*.c; do
	[ "$source" = tests/check/kernel/syscall.c ] || set -- "$@" "$source"
done
first=$1 step=$2 last=$3
shift 3
link_kernel "$kernel" deployments/thermostat "$@"
offset=$(offset_of_number)
number=$first
while [ "$number" -le "$last" ]; do
	write_number "$number"
	pack_kernel "$kernel" deployments/thermostat
	boot_once
	boot_stop
	number=$((number + step))
done
