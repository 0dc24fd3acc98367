#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate check --normal: how many calls can wait at a server, shares of the CPU, reserves that are
# used. The kernel's thread.c holds itself to the size of a thread that this counts with.
set -eu
gate=$1
root=$(pwd)
cd "$2"

fail() {
	echo "$1"
	exit 1
}

has() {
	grep -qxF "$1" said || fail "there is no line '$1', but: $(grep -F "${1%%:*}:" said)"
}

cat >bounds.gate <<'END'
edition 1
interface Door { knock() }
process Guest {
    uses door: Door
    memory 64K
    budget 2ms per 10ms
}
process Crowd {
    uses door: Door
    memory 1M
}
process House {
    gives door: Door
    memory 32K
    priority 20
    cost 300us
    reserve 500us
}
system home {
    house: House
    guest: Guest { door -> house.door }
    crowd: Crowd { door -> house.door }
}
allow {Guest, Crowd} -> House : door.knock
END
"$gate" check --normal bounds.gate -I "$root" >said 2>&1 || fail "gate check --normal: $(head -n 1 said)"
sed -i 's/^ *[0-9]*  //; s/^ *//' said
# 64 KiB have room for 42 threads beside the first; more than 128 a process never has.
house='house: no budget; at most 171 calls wait'
has "$house; goes on for callers that used theirs up, at most 1 x 500us"
has 'guest: 2ms per 10ms, 200 of 1000 of the CPU'
has 'crowd: no budget'
has 'budgets: 200 of 1000 of the CPU; at most 1 wait for a refill'
