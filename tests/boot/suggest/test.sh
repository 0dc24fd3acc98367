#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A denial of the booted example why-denied is taken from its console: `gate suggest` prints the
# rule for it. The deployment with it is not built while it is a draft, and is built without that
# word; booted again, the same call is granted, and no denial is recorded.
# timeout: 120
set -eu
. tests/lib/boot.sh

from=deployments/examples/why-denied
product=$TEST_DIR/suggested
suggest() {
	"$OUT/host/gate" suggest "$product/product.gate" -I . -I servers --board "$BOARD" "$@"
}

cp -r "$from" "$product"
# The client says which it was, and ends well if nothing was denied, too.
sed -e 's/much == E_DENIED ? "denied" : "odd"/much == E_DENIED ? "denied" : "granted"/' \
	-e 's/uint32_t why = .*/uint32_t why = much == E_OK ? E_OK : why_newest(\&bytes);/' \
	-e 's/&& much == E_DENIED &&/\&\& (much == E_DENIED || much == E_OK) \&\&/' \
	"$from/client/main.c" >"$product/client/main.c"

build_image "$product" || fail "it does not build; see $build_log"
ICOUNT=1 boot_start "$image"
boot_exit 0 60
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/printed"
grep -qx 'why: 100 is granted, 500 is denied' "$TEST_DIR/printed" || fail "500 is not denied"
grep ' denied  *client -> keeper : Vault.take' "$TEST_DIR/printed" >"$TEST_DIR/record" ||
	fail "the console shows no denial"

# The record tells the field that failed, and no other.
! suggest - <"$TEST_DIR/record" >"$TEST_DIR/rule" 2>&1 || fail "a rule without the box"
grep -q 'does not tell .box.' "$TEST_DIR/rule" || fail "gate does not say what is missing"
suggest --with 'box = 7' - <"$TEST_DIR/record" >"$TEST_DIR/rule" 2>"$TEST_DIR/err" ||
	fail "no rule: $(head -n 1 "$TEST_DIR/err")"
[ "$(grep -v "^#" "$TEST_DIR/rule")" = \
	"draft allow why_denied.client -> why_denied.keeper : vault.take(amount = 500, box = 7)" ] ||
	fail "another rule"

sed '/^test /,$d' "$from/product.gate" >"$product/product.gate"
cat "$TEST_DIR/rule" >>"$product/product.gate"
! build_image "$product" || fail "a draft is built"
grep -q 'error: a draft rule is not built' "$build_log" || fail "not refused as a draft"
sed -i 's/^draft allow/allow/' "$product/product.gate"
build_image "$product" || fail "it does not build with the rule; see $build_log"
ICOUNT=1 boot_start "$image"
boot_exit 0 60
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/printed"
grep -qx 'why: 100 is granted, 500 is granted' "$TEST_DIR/printed" || fail "500 is not granted"
! grep ' denied ' "$TEST_DIR/printed" || fail "something is denied"
