#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# Does what docs/ksm-embedding.md tells to do, in an empty folder, and compares what is printed with
# what it shows. What root builds, another user uses, where there is root to be one.
# timeout: 300
set -eu

tree=$(pwd)
out=${OUT:-build}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP

fail() {
	echo "FAIL: $*"
	exit 1
}

# The page builds in the tree, which only its owner may; so that is done before, under the lock.
mkdir -p "${TEST_DIR:?}"
for target in "ksm-lib" "build/host/gate" "build/host/ksm-broker" "image" \
	"build/host/components/thermostat/sensor.elf" "build/host/components/thermostat/valve.elf" \
	"build/host/components/thermostat/controller.elf" \
	"DEPLOYMENT=tests/hosts build/qemu-virt-aarch64/bare/hosts.elf"; do
	# shellcheck disable=SC2086 # a variable and a target
	flock "$out/test-build.lock" make -s BOARD=qemu-virt-aarch64 $target \
		>"$TEST_DIR/make.log" 2>&1 || fail "make $target: $(tail -n 1 "$TEST_DIR/make.log")"
done

awk -f tests/embedding/steps.awk docs/ksm-embedding.md >"$folder/steps"
[ "$(grep -c '^{ ' "$folder/steps")" -ge 30 ] || fail "the page types next to nothing"
TREE=$tree
LOCK=$tree/build/test-build.lock
export TREE LOCK
cd "$folder"
: >due
: >said
code=0
timeout -k 5 100 sh steps >log 2>&1 || code=$?
cp steps due said log "$tree/$TEST_DIR" 2>/dev/null || cp steps due said log "$TEST_DIR"
[ "$code" = 0 ] || fail "a step ended with code $code: $(tail -n 1 log)"
diff due said >differ || fail "the page shows otherwise: $(sed -n 2p differ)"

# Moved, read-only, and another's: the library is still one.
if [ "$(id -u)" = 0 ]; then
	mkdir other elsewhere
	mv ksm elsewhere/monitor
	chmod -R a-w elsewhere/monitor
	chmod 755 "$folder"
	chown 65534 other
	cp host.c door.policy other
	cat >other/steps <<'END'
cd other
cc -std=c11 host.c $(pkg-config --cflags --libs ksm) -o host
./host door.policy "$(tail -c +49 door.policy | sha256sum | cut -c 1-64)"
END
	PKG_CONFIG_PATH=$folder/elsewhere/monitor/lib/pkgconfig setpriv --reuid=65534 \
		--clear-groups sh -e other/steps >other.log 2>&1 ||
		fail "another user: $(tail -n 1 other.log)"
	chmod -R u+w elsewhere
	grep -q '^granted 4, denied for shape 2$' other.log || fail "another user sees otherwise"
fi
echo "$(grep -c '^\$ ' due) commands"
