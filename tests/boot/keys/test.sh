#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Labels, questions, a bucket in a booted system: a client uses a key, slowly, and cannot read it;
# a stranger gets none, neither from the server nor from the client. Each denial says why.
set -eu
. tests/lib/boot.sh

build_image tests/boot/keys || fail "the image was not built; see $build_log"
ICOUNT=1 boot_start "$image"
boot_expect 'client: [0-9]+ failed' 60
[ "$boot_found" = 'client: 0 failed' ] || fail "$boot_found"
boot_exit 0
said() {
	tr -d '\r\000' <"$boot_console" | grep -aqE "$1" || fail "nobody said: $1"
}
said 'client -> keys.MessageKey : Key.mac +full: Slow, [0-9]+ ms too early'
said 'no room: Slow, [0-9]+ ms too early'
said 'allow Client -> MessageKey : key.mac when Known is given then take Slow'
said 'because "a stolen client can use the key, slowly, but not read it"'
# The first use is on record, and in an hour no other; what came is judged, not what was meant.
records=$(tr -d '\r\000' <"$boot_console" | grep -aE 'client -> keys.MessageKey : Key.mac +granted' | sort -u | wc -l)
[ "$records" -eq 1 ] || fail "$records records of a key that was used, not 1"
said 'client -> stranger : Drop.leave +forbid'
said 'client -> stranger : Drop.note +guard'
said 'client -> stranger : Drop.note +shape'
said 'client -> keys.MessageKey : Key.export +default'
said 'client -> keys.MessageKey : Key.may_use +shape'
said 'client -> keys.DiskKey : Key.may_use +default'
said 'stranger -> keys.MessageKey : Key.may_use +default'
said 'client -> stranger : share keys.MessageKey +default'
said 'keys -> client : share keys.MessageKey +full'
said 'there are as many of keys.MessageKey as there may be, so nothing of the message was delivered'
said 'limit MessageKey per client max 2'
said 'no allow names Stranger and keys.MessageKey, so nothing of the message was delivered'
said 'nobody sends what a server asks about: Key.may_use'
said 'exit: client code 0'
said 'client -> keys : KeyStore.open +guard: Life = old'
said 'admin -> keys : KeyStore.install +guard: Stored = closed'
boot_never ' fault: |exit: stranger|panic|Jefe'
