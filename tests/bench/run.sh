#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Measures what `make bench` reports: boots deployments/bench with one instruction a nanosecond,
# reads sizes from the same build, and writes build/bench/report.md and report.json.
#
# environment: BOARD  boards to measure, separated by blanks
set -eu
export LC_ALL=C

top=$(cd "$(dirname "$0")/../.." && pwd)
cd "$top"
out=build/bench
targets=tests/bench/targets.txt
boards=${BOARD:?the boards to measure}
mkdir -p "$out"
: >"$out/figures.new"

# One figure: ID BOARD VALUE WORST UNIT
figure() {
	printf '%s %s %s %s %s\n' "$1" "$2" "$3" "$4" "$5" >>"$out/figures.new"
}

cross_of() {
	case $1 in
	*aarch64) echo aarch64-linux-gnu- ;;
	*) echo arm-none-eabi- ;;
	esac
}

# Lines of files that the dependency lists of a program name, without blanks and comments.
lines_of() {
	cat "$@" | awk '{ for (i = 1; i <= NF; i++) print $i }' |
		sed -n 's/:$//; /\.\([chS]\|def\)$/p' |
		grep -v -e '^/' -e 'build/ports' -e 'tools/ports' | sort -u |
		xargs awk -f tests/bench/lines.awk
}

# What the programs of a deployment count. $1: board, $2: deployment, $3: where its output goes
measure_programs() {
	log=$3
	make BOARD="$1" DEPLOYMENT="$2" image >&2
	QEMU_ICOUNT=1 RUN_TIMEOUT=300 tools/run.sh "$1" "build/$1/${2##*/}/image.bin" \
		</dev/null >"$log"
	grep -q 'figures are complete' "$log" || {
		echo "bench: $2 on $1 did not finish; see $log" >&2
		exit 1
	}
	sed -n 's/^figure //p' "$log" | tr -d '\r' | while read -r id mean worst; do
		case $id in
		size.*) figure "$id" "$1" "$mean" "$worst" bytes ;;
		deny.flood) figure "$id" "$1" "$mean" "$worst" percent ;;
		*) figure "$id" "$1" "$mean" "$worst" instructions ;;
		esac
	done
}

# The kernel's own line at boot: times are instructions here.
measure_boot() {
	log=$out/$1.log
	verified=$(sed -n 's/.*verified in \([0-9.]*\) ms.*/\1/p' "$log" | tr -d .)
	ready=$(sed -n 's/.*ready after \([0-9.]*\) ms.*/\1/p' "$log" | tr -d .)
	kib=$(sed -n 's/.*image of \([0-9]*\) KiB.*/\1/p' "$log")
	kept=$(sed -n 's/.*the kernel keeps \([0-9]*\) KiB.*/\1/p' "$log")
	figure boot.kernel "$1" $((ready - verified)) - instructions
	figure boot.check "$1" $((verified / (kib * 1024))) - instructions/byte
	figure size.ram "$1" "$kept" - KiB
}

# Boots a test program under a plugin to its end. $1: board, $2: program, then QEMU's arguments
run_test_program() (
	# shellcheck disable=SC2030,SC2034 # boot.sh reads them
	BOARD=$1 TEST_DIR=$out/$1.$2 ICOUNT=1 OUT=build program=$2
	shift 2
	mkdir -p "$TEST_DIR"
	make BOARD="$BOARD" DEPLOYMENT="tests/target/$program" image >&2
	# shellcheck source=/dev/null
	. tests/lib/boot.sh
	boot_start "build/$BOARD/$program/image.bin" "$@"
	if [ "$program" = calls ]; then # asks for its random choices
		boot_expect 'seed\? ' 600
		boot_type 9
	fi
	boot_exit 0 900
)

# The instruction that does nothing, as programs that are measured have it (window.c). $1: board
mark_of() {
	case $1 in
	*aarch64) echo 0xaa1b03fb ;;
	*) echo 0xe1a09009 ;;
	esac
}

# From the interrupt's vector to the first instruction of the driver, while another process works.
# $1: board
measure_interrupt() {
	file=$out/$1.interrupt
	case $1 in
	*aarch64) vector=0x480 ;; # DDI 0487J D1.3.1, IRQ from a lower level
	*) vector=0x18 ;;         # DDI 0406C B1.8.1
	esac
	make BOARD="$1" DEPLOYMENT=tests/bench/interrupt image >&2
	vectors=$("$(cross_of "$1")nm" "build/$1/kernel/kernel.elf" | sed -n 's/ [tT] vectors$//p')
	"${CC:-cc}" -O2 -shared -fPIC -o "$out/window.so" tests/bench/window.c
	QEMU_ICOUNT=1 RUN_TIMEOUT=300 tools/run.sh "$1" "build/$1/interrupt/image.bin" \
		-rtc clock=vm -plugin "$out/window.so,out=$file,mark=$(mark_of "$1"),from=$((0x$vectors + vector))" \
		</dev/null >"$file.log"
	awk '$1 == "window" { sum += $3; count++; if ($3 > worst) worst = $3 }
		END { if (count < 100) exit 1; printf "%d %d\n", sum / count, worst }' "$file" >"$file.mean"
	read -r mean worst <"$file.mean"
	figure irq.user "$1" "$mean" "$worst" instructions
}

# The longest that an interrupt waits while test programs do their worst. $1: board
measure_masked() {
	case $1 in
	*aarch64) gic=0x08010000 ;; # boards/*.c; on ARMv7-A where arch/armv7a/mmu.h maps it
	*) gic=0xf0002000 ;;
	esac
	"${CC:-cc}" -O2 -shared -fPIC -o "$out/masked.so" tests/bench/masked.c
	worst=0
	for program in objects calls; do
		file=$out/$1.$program.masked
		rm -f "$file"
		run_test_program "$1" "$program" -rtc clock=vm \
			-plugin "$out/masked.so,gic=$gic,out=$file"
		length=$(sed -n 's/^longest //p' "$file")
		[ "$length" -le "$worst" ] || worst=$length
	done
	figure irq.masked "$1" "$worst" "$worst" instructions
}

# What the kernel executes and touches in one shortest round trip. $1: board
measure_window() {
	file=$out/$1.window
	elf=build/$1/kernel/kernel.elf
	cross=$(cross_of "$1")
	"${CC:-cc}" -O2 -shared -fPIC -o "$out/window.so" tests/bench/window.c
	QEMU_ICOUNT=1 RUN_TIMEOUT=600 tools/run.sh "$1" "build/$1/bench/image.bin" \
		-plugin "$out/window.so,out=$file,mark=$(mark_of "$1")" </dev/null >"$file.log"
	sed -n 's/^window 1 //p' "$file" >"$file.first"
	read -r _ code data <"$file.first"
	figure ipc.lines "$1" "$code" - lines
	figure ipc.lines.data "$1" "$data" - lines
	awk '$1 != "window" { print "0x" $1 }' "$file" |
		"${cross}addr2line" -a -i -e "$elf" >"$file.places"
	"${cross}objdump" -d --no-show-raw-insn "$elf" >"$file.text"
	figure ipc.monitor "$1" "$(awk -f tests/bench/share.awk \
		"$file" "$file.places" "$file.text")" - instructions
}

measure_sizes() {
	kernel=build/$1/kernel
	cross=$(cross_of "$1")
	figure size.text "$1" "$("${cross}size" -A "$kernel/kernel.elf" |
		awk '$1 == ".text" { print $2 }')" - bytes
	objects=$(make -s BOARD="$1" print-kernel.objects)
	# shellcheck disable=SC2046 # a list of files
	figure size.lines "$1" "$(lines_of $(echo "$objects" | tr " " "\n" | sed "s/o\$/d/"))" - lines
}

# The blob of the gateway of docs/policy; its names are for people, and stand apart. $1: board
measure_blob() {
	build/host/gate build docs/policy/products/gateway.gate -I docs/policy/products -I . \
		--board "$1" --policy "$out/gateway.blob" >"$out/gateway.log" 2>&1
	sed -n 's/^policy: \([0-9]*\) bytes, \([0-9]*\) of them names.*/\1 \2/p' "$out/gateway.log" \
		>"$out/gateway.sizes"
	read -r all names <"$out/gateway.sizes"
	figure ksm.blob "$1" $((all - names)) - bytes
	figure ksm.blob.names "$1" "$names" - bytes
}

# The engine by itself, as small as it gets; of it the verifier. Tables of unwinding, which the
# AArch64 compiler writes by itself, are not code: the kernel's link discards them.
measure_engine() {
	cross=$(cross_of "$1")
	[ "$1" = "${1%aarch64}" ] || set -- "$1" -march=armv8-a
	[ "$#" = 2 ] || set -- "$1" "-march=armv7-a -mthumb -mfloat-abi=soft"
	for source in ksm/engine/*.c; do
		# shellcheck disable=SC2086 # several words
		"${cross}gcc" -std=c11 -Os -ffreestanding \
			-fno-unwind-tables -fno-asynchronous-unwind-tables -I. $2 -c "$source" \
			-o "$out/$(basename "$source" .c).o"
	done
	"${cross}size" "$out"/*.o >"$out/engine.sizes"
	figure ksm.code "$1" "$(awk '{ sum += $1 } END { print sum }' "$out/engine.sizes")" - bytes
	figure ksm.code.verify "$1" "$(awk '/verify/ { sum += $1 } END { print sum }' "$out/engine.sizes")" - bytes
	rm -f "$out"/*.o
}


# Compiles the policy of 100,000 rules, validation included: CPU time, and the most memory.
measure_gate() {
	awk -v rules=100000 -v classes=300 -v methods=2000 -v seed=1 -f tests/bench/rules.awk \
		>"$out/rules.gate"
	make build/host/gate >&2
	"${CC:-cc}" -O2 -o "$out/peak" tests/bench/peak.c
	"$out/peak" build/host/gate build "$out/rules.gate" --policy "$out/rules.blob" \
		>"$out/rules.peak" 2>"$out/rules.log"
	read -r time_ms peak_kib <"$out/rules.peak"
	figure gate.100k host "$time_ms" - ms
	figure gate.100k.memory host "$peak_kib" - KiB
	awk -v rules=100000 -v classes=300 -v methods=2000 -v seed=1 -v changed=500 \
		-f tests/bench/rules.awk >"$out/changed.gate"
	build/host/gate diff --time "$out/rules.gate" "$out/changed.gate" >"$out/diff.log" \
		2>"$out/diff.time" || [ $? = 1 ]
	figure gate.diff host "$(sed -n "s/^compared .* in \([0-9]*\) ms/\1/p" "$out/diff.time")" - ms
	build/host/gate query --time "$out/rules.gate" "any -> C7" >"$out/query.log" 2>"$out/query.time"
	figure gate.query host "$(sed -n "s/^answered in \([0-9]*\) ms/\1/p" "$out/query.time")" - ms
	rm -f "$out/rules.blob"
}

# What a letter costs at most as policies are typed into gate lsp: by the clock, see the typist.
measure_letters() {
	"${CC:-cc}" -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -o "$out/typist" tests/lsp/typist.c
	: >"$out/letters"
	for policy in docs/policy/examples/*.gate docs/policy/products/*.gate; do
		"$out/typist" "$policy" build/host/gate lsp -I . -I servers -I "${policy%/*}" \
			>>"$out/letters"
	done
	awk '{ letters += $1; sum += $1 * $2; if ($3 > worst) worst = $3 }
		END { printf "%d %d\n", sum / letters, worst }' "$out/letters" >"$out/letters.sum"
	read -r mean worst <"$out/letters.sum"
	figure lsp.letter host "$worst" - us
	figure lsp.letter.mean host "$mean" - us
}

# From a clone to the shell's prompt, and from a changed line of a server to it again: seconds by
# the clock, so they are worth no more than this machine is idle. What needs the network once, the C
# library and the sources of third parties, is in the cache by now; dev.first is for tools/fresh.sh.
measure_work() {
	clone=$out/clone
	rm -rf "$clone"
	started=$(date +%s)
	git clone -q . "$clone"
	prompt_again "$clone"
	figure dev.second host $(($(date +%s) - started)) - s
	started=$(date +%s)
	sed "s/^\(#define RING_BYTES *\)512u/\11024u/" "$clone/servers/uart/main.c" >"$out/main.c"
	if cmp -s "$out/main.c" "$clone/servers/uart/main.c"; then
		echo 'bench: no line was changed for dev.loop' >&2
		exit 1
	fi
	mv "$out/main.c" "$clone/servers/uart/main.c"
	prompt_again "$clone"
	figure dev.loop host $(($(date +%s) - started)) - s
	rm -rf "$clone"
	[ ! -f build/fresh/figures ] || cat build/fresh/figures >>"$out/figures.new"
}

# $1: a clone. Builds it, starts it, and types one command at the prompt.
prompt_again() {
	echo poweroff | make -C "$1" run >"$out/run.log" 2>&1 ||
		grep -q '^gatehouse> poweroff' "$out/run.log" || {
		tail -n 5 "$out/run.log" >&2
		echo "bench: $1 did not come to the prompt" >&2
		exit 1
	}
}

# The least RAM for a small system.
measure_least() {
	mkdir -p "$out/$1.least"
	figure size.min "$1" "$(BOARD=$1 TEST_DIR=$out/$1.least OUT=build sh tests/bench/least.sh)" - KiB
}

# The engine in the broker of Linux, on this machine, with the board's policy. $1: board
measure_broker() {
	command -v valgrind >/dev/null || {
		echo "bench: valgrind is not installed: no figures of the Linux host" >&2
		return 0
	}
	mkdir -p "$out/$1.broker"
	BOARD=$1 TEST_DIR=$out/$1.broker OUT=build sh tests/hosts/decision.sh >"$out/$1.broker/figures"
	while read -r id count; do
		figure "host.linux.$id" "$1" "$count" - instructions
	done <"$out/$1.broker/figures"
}

measure_gate
measure_letters
measure_work
for board in $boards; do
	measure_programs "$board" bench "$out/$board.log"
	measure_programs "$board" deployments/bench/load "$out/$board.load.log"
	measure_programs "$board" tests/bench/size "$out/$board.size.log"
	measure_boot "$board"
	measure_window "$board"
	measure_interrupt "$board"
	measure_masked "$board"
	measure_programs "$board" tests/bench/monitor "$out/$board.monitor.log"
	measure_sizes "$board"
	measure_blob "$board"
	measure_least "$board"
	measure_engine "$board"
	measure_broker "$board"
done
mv "$out/figures.new" "$out/figures.txt"
awk -v form=md -f tests/bench/report.awk "$targets" "$out/figures.txt" >"$out/report.md"
awk -v form=json -f tests/bench/report.awk "$targets" "$out/figures.txt" >"$out/report.json"
cat "$out/report.md"
echo "written: $out/report.md $out/report.json" >&2
