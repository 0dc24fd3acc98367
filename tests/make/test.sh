#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# What make says to people: typing errors get a suggestion, and nothing is built.
set -eu
export LC_ALL=C

fail() {
	echo "FAIL: $*"
	exit 1
}

# $1: what it must say; others: arguments of make, which must fail
refuses() {
	wanted=$1
	shift
	if make "$@" >"$TEST_DIR/out" 2>&1; then
		fail "make $* succeeds"
	fi
	grep -qF -e "$wanted" "$TEST_DIR/out" || {
		cat "$TEST_DIR/out"
		fail "make $* does not say: $wanted"
	}
}

refuses "there is no target 'rnu': did you mean 'run'?" rnu
refuses "there is no target 'lnit': did you mean 'lint'?" lnit
refuses "there is no target 'kernel'" kernel
refuses "there is no variable 'BORD': did you mean 'BOARD'?" run BORD=qemu-virt-armv7
refuses "there is no variable 'board': did you mean 'BOARD'?" run board=qemu-virt-armv7
refuses "there is no board 'qemu-virt-arm7': did you mean 'qemu-virt-armv7'?" run \
	BOARD=qemu-virt-arm7
refuses "there is no deployment 'termostat': did you mean 'thermostat'?" image \
	DEPLOYMENT=termostat
refuses "there is no campaign 'frsh'" test-frsh

make help >"$TEST_DIR/out"
sed -n 's/^\([a-z-]*\): .*##.*/\1/p' Makefile >"$TEST_DIR/targets"
while IFS= read -r target; do
	grep -q "^  make $target " "$TEST_DIR/out" || fail "make help does not name $target"
done <"$TEST_DIR/targets"
make boards | grep -q '^qemu-virt-armv7 ' || fail "make boards does not list qemu-virt-armv7"
make deployments | grep -q '^thermostat ' || fail "make deployments does not list thermostat"
tools/docs.sh --check || fail "a generated document is old; type: make docs"

# An error of the build takes the old image away: nobody boots yesterday's system by mistake.
mkdir -p "$TEST_DIR/broken"
cp -R deployments/thermostat/. "$TEST_DIR/broken"
folder=$TEST_DIR/broken
image=${OUT:-build}/$BOARD/broken/image.bin
mkdir -p "$(dirname "$image")"
echo old >"$image"
echo 'int main(' >"$folder/sensor/main.c"
exec 9>"${OUT:-build}/test-build.lock" # nobody else may run make now
flock 9
refuses "sensor/main.c" image BOARD="$BOARD" DEPLOYMENT="$folder"
[ ! -e "$image" ] || fail "an image is left behind a build that failed"
