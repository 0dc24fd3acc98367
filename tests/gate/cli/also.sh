#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate build --also: policies that take turns have the same edges and remember the same.
set -eu
gate=$1
root=$(pwd)
cd "$2"

fail() {
	echo "$1"
	exit 1
}

# $1 file, $2 visitors, behind it objects and rules
house() {
	cat >"$1.gate" <<END
edition 1
interface Door { pass(card: u16 in 0..9) ring() knock() }
process Visitor { uses door: Door }
process House { gives door: Door }
system home {
    house: House
    $2: Visitor { door -> house.door }
}
END
	cat >>"$1.gate"
}

# $1 file, behind it options
build() {
	name=$1
	shift
	"$gate" build "$name.gate" -I "$root" --policy "$name.blob" --dump=blob "$@" \
		>"$name.dump" 2>"$name.err"
}

edges() {
	sed -n 's/^\(edge .*\), rows .*/\1/p' "$1.dump"
}

states() {
	sed -n 's/^state \([0-9]* ([0-9a-f]*): [a-z]*\).*/\1/p' "$1.dump"
}

house open 'ann, bob' <<'END'
bucket Rings per client rate 2 per 1s burst 3
set Cards per server of u16 in 0..9 max 2 reset
allow Visitor -> House : door.ring then take Rings
allow Visitor -> House : door.pass then insert Cards card
END
house shut 'ann, bob' <<'END'
allow Visitor -> House : door.knock
allow House -> self : process.stop because "it may end itself"
END
house other 'ann, eve' <<'END'
allow Visitor -> House : door.knock
END
house large 'ann, bob' <<'END'
set Cards per server of u16 in 0..9 max 3 reset
allow Visitor -> House : door.pass then insert Cards card
END

for name in open shut other large; do
	build "$name" || fail "$name.gate: $(cat "$name.err")"
	mv "$name.blob" "$name.own"
done
[ "$(states open | wc -l)" = 3 ] || fail "two buckets and a set are not three states"
[ -z "$(states shut)" ] || fail "a policy remembers what no rule names"

build open --also shut.own || fail "$(cat open.err)"
build shut --also open.own --version 7 || fail "$(cat shut.err)"
[ "$(edges open)" = "$(edges shut)" ] || fail "policies of one system have other edges"
[ "$(states open)" = "$(states shut)" ] || fail "policies of one system remember other things"
grep -qx "a swap moves 3 states of 4 words in one step" shut.err || fail "$(cat shut.err)"

! build open --also other.own || fail "a policy of another system is taken"
grep -q 'error: other.own is the policy of another system' open.err || fail "$(cat open.err)"
! build open --also large.own || fail "a set of another size is taken"
grep -q "error: set \`Cards\` has other values or another maximum than in " open.err ||
	fail "$(cat open.err)"
! build open --also open.gate 2>/dev/null || fail "text is taken for a policy"
! build open --version 7x 2>/dev/null || fail "7x is taken for a version"

# Capabilities are counted whichever policy is in force.
# $1 file, $2 its limits and rules
flat() {
	cat >"$1.gate" <<END
edition 1
interface Desk { get() -> (key: handle Key) }
interface Key { turn() }
process Porter {
    gives desk: Desk
    gives key: Key labels Flat[4]
}
process Guest { uses desk: Desk }
system home {
    porter: Porter
    guest: Guest { desk -> porter.desk }
}
allow Guest -> Porter : desk.get
$2
END
}
flat day 'limit Flat per client max 2
machine Turns per Flat { never_yet -> once }
allow Guest -> Flat : key.turn call then enter Turns once'
flat night 'limit Flat per client max 1
allow Guest -> Flat : key.turn'
flat free 'allow Guest -> Flat : key.turn'
for name in day night free; do
	build "$name" || fail "$name.gate: $(cat "$name.err")"
	mv "$name.blob" "$name.own"
done
build day --also night.own || fail "$(cat day.err)"
build night --also day.own || fail "$(cat night.err)"
[ "$(states day)" = "$(states night)" ] || fail "by day and by night other things are remembered"
for name in day night; do
	grep '^capability of edge' "$name.dump" | sed 's/: .*//' >"$name.passages"
done
[ "$(grep -c . day.passages)" = 4 ] || fail "not two edges are counted by day: $(cat day.passages)"
cmp day.passages night.passages || fail "by night other capabilities are counted"
! build free --also day.own || fail "a policy forgets a limit"
grep -q "error: day.own has a limit of \`guest\` that is not here" free.err || fail "$(cat free.err)"
