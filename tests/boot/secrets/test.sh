#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A canary in each secret field of the example policies and of the servers: messages that carry
# it are granted on record and denied for each reason, and nothing that people are told holds it.
set -eu
. tests/lib/boot.sh

product=$TEST_DIR/secrets
rm -rf "$product"
cp -R tests/boot/secrets "$product"
mv "$product/policy.gate" "$product/product.gate"
cp -R docs/policy/products/parts "$product/parts"
# Another interface here has the name Key, too, and each wants a header.
sed "s/\bKey\b/TlsKey/" docs/policy/products/parts/tls.gate >"$product/parts/tls.gate"

# Who adds a secret to an example adds a canary here.
secrets=$(grep -rhoE '[a-z]+: [a-z0-9<>]+ secret\b' docs/policy/products docs/policy/examples \
	servers deployments --include='*.gate' | sort | tr '\n' ' ')
[ "$secrets" = 'bytes: bytes<256> secret code: u32 secret key: bytes<64> secret secret: bytes<64> secret secret: bytes<64> secret ' ] ||
	fail "the secret fields are others: $secrets"

build_image "$product" || fail "the image was not built; see $build_log"
ICOUNT=1 boot_start "$image"
boot_expect 'prober: [0-9]+ failed' 60
[ "$boot_found" = 'prober: 0 failed' ] || fail "$boot_found"
boot_exit 0
tr -d '\r\000' <"$boot_console" >"$TEST_DIR/said"
said() {
	grep -qE "$1" "$TEST_DIR/said" || fail "nobody said: $1"
}

# Something is told of each.
for reason in 'Service.open +granted' 'Service.open +state: Way' \
	'Service.open +guard: code \(secret\)' 'Service.open +shape' 'Service.open +default' \
	'Service.open +full: Codes = ' 'Service.open +forbid' \
	'Random.take +granted' 'Random.take +reply: bytes \(secret\)' \
	'Key.export +granted' 'Key.export +reply: key \(secret\)' 'KeyStore.install +granted' \
	'KeyStore.install +guard: secret \(secret\)' 'KeyStore.install +guard: kind = disk' \
	'KeyStore.install +shape: number = 9' 'prober -> \? +capability' '^entry [0-9a-f]{112}$' \
	'^edge prober +open +Service +[1-9]' '^instance prober' '^event .*Service.open'; do
	said "$reason"
done

# $1: never in what was said, in any of these forms
absent() {
	! grep -qiE -e "$1" "$TEST_DIR/said" || fail "'$1' is told: $(grep -iE -m 1 -e "$1" "$TEST_DIR/said")"
}

for code in 1590301415 1733121717 4126974252; do
	high=$(printf '%08x' "$code")
	low=$(echo "$high" | sed 's/\(..\)\(..\)\(..\)\(..\)/\4\3\2\1/')
	absent "$code|$high|$low"
done
# Eight bytes of a text may be one number, with the first the highest or the lowest.
for text in CaNaRyOf HuShHuSh DiCeWeRe; do
	bytes=$(printf %s "$text" | od -An -tx1 | tr -d ' \n')
	turned=$(printf %s "$bytes" | sed 's/\(..\)/\1 /g' | awk '{ for (i = NF; i > 0; i--) printf "%s", $i }')
	absent "$text|$bytes|$turned|$(printf %d "0x$bytes")|$(printf %d "0x$turned")"
done
boot_never ' fault: |panic'
