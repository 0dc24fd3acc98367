#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What a person does at the shell's prompt: keys that move and delete, lines typed before, Tab, long
# lines, bytes that mean nothing; and `top`, which a key leaves.
# timeout: 300
set -eu
. tests/lib/boot.sh

# Types keys behind the next prompt: printf's escapes. $2: the prompt, if it is another one.
keys() {
	boot_expect "$prompt"
	# The argument is meant to be a format.
	# shellcheck disable=SC2059
	printf "$1" >&3
}

build_image workbench || fail "the image was not built; see $build_log"
ICOUNT=1 boot_start "$image"
keys 'echo first\r'
boot_expect '^first'
keys 'echo second\r'
boot_expect '^second'
keys 'not run\033[A\033[A\r'
boot_expect '^first'
keys 'kept\033[A\033[A\033[B\033[B\001echo \r'
boot_expect '^kept'
keys 'echo ac\033[Db\033[Fd\r'
boot_expect '^abcd'
keys 'junk\001\013echo ok\r'
boot_expect '^ok'
keys 'echo one two\027three\r'
boot_expect '^one three'
keys 'xecho x\001\033[3~\005\177y\r'
boot_expect '^y'
keys 'gone\025echo left\014\r'
boot_expect '^left'

# Tab: a command, a folder, a file; a class; processes, of which several begin so.
keys 'mkd\t/tab\r'
keys 'ls /ro\t\r'
boot_expect '^ +[0-9]+  welcome'
keys 'cat /rom/we\t\r'
boot_expect '^This is a workbench'
keys 'time run w\t/rom/wel\t\r'
boot_expect ' 3 +[0-9]+ +[0-9]+  /rom/welcome'
keys 'kill r\t'
boot_expect 'ram +rom'
keys 'am\r'
boot_expect '^ram: killed'
keys 'ec\tnosuch\t\t\t\r'
boot_expect '^nosuch'

# Ctrl-C ends what is waited for: a program that computes, with a line and more typed ahead; one
# that reads; and no other than that.
keys 'run lua -e "print(17) while true do end"\r'
boot_expect '^17'
awk 'BEGIN { for (i = 0; i < 60; i++) printf "typed ahead%c", i == 59 ? 3 : 13 }' >&3
boot_expect '^lua was ended'
keys 'run lua\r'
boot_expect '^Lua 5'
boot_expect '^> '
printf 'x = \003' >&3
boot_expect 'lua was ended'
keys 'run lua -e "while true do end" &\r'
boot_expect '^lua runs as'
keys 'junk\003\025echo none\r'
boot_expect 'to leave: type poweroff'
boot_expect '^none'
keys 'kill lua1\r'
boot_expect '^lua1: killed'

# It ends commands of the shell, too; and Ctrl-D what is read.
keys 'cat /rom/welcome /dev/zero\r'
boot_expect '^This is a workbench'
printf '\003' >&3
keys 'cat\rmark\r'
boot_expect '^mark'
boot_expect '^mark'
printf 'x\003' >&3
keys 'cat >/typed\rone\r\rtwo\r\004'
keys 'run wc /typed\r'
boot_expect ' 3 +2 +9  /typed'
keys 'run lua\r'
boot_expect '^> '
printf 'x = 1\004\004\004' >&3
boot_expect 'x = 1'
printf '\025\004' >&3
keys 'echo out\r'
boot_expect '^out'
boot_never 'lua ended with'

# Lines that are typed while a program runs, more than anybody holds: none is lost.
keys 'run lua -e "for i = 1, 2000000 do end"\r'
awk 'BEGIN { for (i = 1; i <= 200; i++) printf "echo line %d\r", i }' >&3
boot_expect '^line 200' 60
[ "$(tr -d '\r\000' <"$boot_console" | grep -c '^line [0-9]*$')" = 200 ] || fail "lines are lost"

# As long as a line can be; what is too much rings the bell and is not there.
long=$(awk 'BEGIN { for (i = 0; i < 25; i++) printf "0123456789" }')
keys "echo $long!!!\r"
boot_expect "^$long"
boot_never "$long!"

# Whatever is typed, the shell goes on.
boot_expect "$prompt"
LC_ALL=C awk -v seed="${SEED:-1}" 'BEGIN {
	srand(seed)
	for (i = 0; i < 2000; i++) printf "%c", int(rand() * 255) + 1
}' >&3
printf '\r\r\025echo alive\r' >&3
boot_expect '^alive' 30

keys 'top\r'
boot_expect 'shell +running +[0-9.]+ +[0-9]+/[0-9]+ +[0-9]+ +[0-9]+ '
boot_expect 'q leaves'
boot_expect 'q leaves'
printf 'xq' >&3
keys 'poweroff\r'
boot_exit 0
boot_never 'panic| fault: '
