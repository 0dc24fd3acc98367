#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Boots an image and attaches gdb before its first instruction, with symbols of the kernel and, by
# the command `symbols NAME`, of each process.
#
# usage: debug.sh BOARD IMAGE
#        debug.sh --console       in another terminal: the guest's console
# Without a terminal, gdb reads its commands from standard input.
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck disable=SC2034 # read by lib.sh
recipe=/dev/null who=debug
# shellcheck source=/dev/null
. "$top/tools/ports/lib.sh"
console=$top/build/debug/console

if [ "${1:-}" = --console ]; then
	[ -p "$console.in" ] ||
		fail "nothing is being debugged" "type, in another terminal: make debug"
	# shellcheck disable=SC2016 # the inner shell expands it
	"$top/build/host/guest" 0 cat sh -c 'cat "$1.out" & exec cat >"$1.in"' sh "$console" || true
	exit 0
fi
[ $# -eq 2 ] || fail "it needs a board and an image" "type: make debug"
board=$1
image=$2
command -v gdb-multiarch >/dev/null || fail "gdb-multiarch is not installed" "type: make doctor"

board_value() {
	sed -n "s/^board\.$1 *:= *//p" "$top/boards/$board.mk"
}

# gdb's language has no strings to compare, so the names of this system become commands.
# shellcheck disable=SC2016 # gdb expands $arg0
write_names() {
	instances=$("$top/tools/instances.sh" "$folder/system.blob")
	printf 'define instance-name\n'
	echo "$instances" | while read -r number name program; do
		printf '\tif $arg0 == %s\n\t\tprintf "%-15s"\n\tend\n' "$number" "$name"
	done
	printf 'end\ndefine process-file\n\tadd-symbol-file %s/build/debug/$arg0.elf\nend\n' "$top"
	echo "$instances" | while read -r number name program; do
		printf 'define process-number-%s\n\tset $wanted = %s\nend\n' "$name" "$number"
		ln -sf "$folder/programs/$program/$program.elf" "$top/build/debug/$name.elf"
	done
}

# Address of a static variable of the kernel. After link-time optimisation gdb knows the type of it
# but not the place; the linker's table does.
address_of() {
	"$cross"nm "$kernel" | awk -v name="$1" '$3 == name || index($3, name ".lto") == 1 {
		print "0x" $1
		exit
	}'
}

# shellcheck disable=SC2016 # gdb expands them
write_places() {
	places=$(address_of all_processes)
	case $places in
	0x*) ;;
	*) fail "the kernel's list of processes is not where this script looks for it" ;;
	esac
	printf 'define kernel-places\n'
	printf '\tset $processes_at = (struct process **)%s\n' "$places"
	printf 'end\n'
}

case $(board_value arch) in
aarch64) cross=aarch64-linux-gnu- ;;
*) cross=arm-none-eabi- ;;
esac
folder=$(cd "$(dirname "$image")" && pwd)
kernel=$folder/../kernel/kernel.elf
mkdir -p "$top/build/debug"
rm -f "$top/build/debug"/*
mkfifo "$console.in" "$console.out"

# QEMU does not notice when gdb dies: it is ended here.
end_guest() {
	pid=$(cat "$top/build/debug/pid" 2>/dev/null || true)
	if [ -n "$pid" ] && grep -q qemu-system "/proc/$pid/comm" 2>/dev/null; then
		kill "$pid" 2>/dev/null || true
	fi
	rm -f "$console.in" "$console.out"
}
trap end_guest EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
{
	write_names
	write_places
} >"$top/build/debug/names.gdb"
cat >&2 <<END
The guest has not started: type continue. Then: processes, symbols NAME, break-in NAME PLACE.
Its console is in another terminal: tools/debug.sh --console
END
cpu=${CPU:-$(board_value cpu)}
gdb-multiarch -q "$kernel" \
	-x "$top/build/debug/names.gdb" -x "$top/tools/gdb/gatehouse.gdb" \
	-ex "target remote | exec $(board_value qemu) -M $(board_value machine) -cpu $cpu \
-m $(board_value ram) -nic none -semihosting -pidfile $top/build/debug/pid \
-display none -monitor none -S -gdb stdio \
-chardev pipe,id=console,path=$console -serial chardev:console -kernel $image" || exit 1
