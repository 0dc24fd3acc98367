#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The projects of tests/psl-oracle, imported, with programs: each boots under the policy that gate
# made of its PSL, which passes the tests that were PAL, and its client is granted and denied what
# it should be.
# timeout: 180
set -eu
. tests/lib/boot.sh

gate=$OUT/host/gate
flock "$OUT/test-build.lock" make -s "$gate" >"$TEST_DIR/make" 2>&1 || fail "gate was not built"

# $1 project, $2 class of its client; others: further arguments of gate import
try() {
	project=$1
	client=$2
	shift 2
	folder=$TEST_DIR/imported/imported-$project
	rm -rf "$folder"
	mkdir -p "$folder"
	"$gate" import "tests/psl-oracle/projects/$project" --without kl.core.Core --without Einit "$@" \
		-o "$folder/imported.gate" 2>"$TEST_DIR/err" || {
		cat "$TEST_DIR/err"
		fail "$project is not imported"
	}
	awk -v client="$client" -f tests/boot/import/product.awk "$folder/imported.gate" \
		>"$folder/product.gate"
	cp "tests/boot/import/$project/deployment.mk" "$folder/deployment.mk"
	"$gate" test "$folder/product.gate" -I . -I servers --board "$BOARD" >"$TEST_DIR/gate" 2>&1 || {
		cat "$TEST_DIR/gate"
		fail "$project: its tests"
	}
	build_image "$folder" || {
		cat "$TEST_DIR/make"
		fail "$project was not built"
	}
	boot_start "$image"
	boot_exit 0 60
	tr -d '\r\000' <"$boot_console" >"$TEST_DIR/printed"
}

# Each line of the standard input was printed.
says() {
	while IFS= read -r line; do
		grep -Fqx -e "$line" "$TEST_DIR/printed" || fail "$project does not say: $line"
	done
}

try echo Client
says <<-END
	say: status 0, 7
	name: status 0, imported
END
try ping Client
says <<-END
	pong first: denied
	ping: granted
	ping again: denied
	pong: granted
	pong again: denied
	the last answer was 4
END
try device Terminal --without device.Door --without Monitor \
	--values tests/psl-oracle/projects/device/values.txt
says <<-END
	read before the login: denied
	login as root: denied
	login with the wrong pin: granted
	read after it: denied
	login: granted
	read: granted
	read the label: denied
	the sector holds sector text
	read a bad sector: failed
	its code is 5
	read a lost one: denied
	of which is told 0
	logout: granted
	read after the logout: denied
END
try lights Control --without kl.drivers.GPIO --without Monitor
says <<-END
	green and red: granted
	red and green: granted
	green and green: denied
	green after red: denied
	red and yellow: granted
	green: granted
	yellow by a wrong code: denied
	a colour that is none: denied
END
