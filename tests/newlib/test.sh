#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The cache of the C library is believed only when nobody can have changed it. A compiler that does
# nothing stands in for the real one, so that each refusal is seen within a second.
set -eu
export LC_ALL=C

fail() {
	echo "FAIL: $*"
	exit 1
}

# A cache is only looked for at an absolute path.
TEST_DIR=$(cd "$TEST_DIR" && pwd)
mkdir -p "$TEST_DIR/bin" "$TEST_DIR/cache/gatehouse"
for tool in gcc as; do
	printf '#!/bin/sh\necho "pretended 1.0"\n' >"$TEST_DIR/bin/pretended-$tool"
	chmod +x "$TEST_DIR/bin/pretended-$tool"
done
PATH=$TEST_DIR/bin:$PATH
XDG_CACHE_HOME=$TEST_DIR/cache
export PATH XDG_CACHE_HOME

# Asks for the library; says on standard output where it looked and what it thinks.
ask() {
	tools/newlib.sh pretended pretended pretended- "$TEST_DIR/link" -O0 2>&1 || true
}

# The key is the folder that it wants to fill.
place=$(ask | sed -n 's/.*it is kept in //p')
[ -n "$place" ] || fail "it does not say where the library is kept"
mkdir -p "$place/lib"
chmod 755 "$place" "$place/lib" "$TEST_DIR/cache/gatehouse"
echo library >"$place/lib/libc.a"
chmod 644 "$place/lib/libc.a"
(cd "$place" && sha256sum ./lib/libc.a >SHA256SUMS)

accepts() {
	rm -f "$TEST_DIR/link"
	ask >"$TEST_DIR/out"
	[ "$(readlink "$TEST_DIR/link")" = "$place" ] || {
		cat "$TEST_DIR/out"
		fail "a good entry of the cache is not used"
	}
}

refuses() {
	rm -f "$TEST_DIR/link"
	ask >"$TEST_DIR/out"
	[ ! -e "$TEST_DIR/link" ] || fail "the cache is believed although $1"
}

accepts
echo more >>"$place/lib/libc.a"
refuses "a file was changed"
echo library >"$place/lib/libc.a"
accepts
echo header >"$place/lib/extra.h"
refuses "a file was added"
rm "$place/lib/extra.h"
chmod g+w "$place/lib"
refuses "the group may write to a folder of it"
chmod g-w "$place/lib"
chmod o+w "$TEST_DIR/cache/gatehouse"
refuses "everybody may write to its folder"
chmod o-w "$TEST_DIR/cache/gatehouse"
mv "$place/lib/libc.a" "$place/other"
ln -s ../other "$place/lib/libc.a"
refuses "a file was replaced by a link"
rm "$place/lib/libc.a"
mv "$place/other" "$place/lib/libc.a"
accepts
