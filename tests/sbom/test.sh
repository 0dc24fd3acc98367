#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# An image says what it is made of: what is linked stands in its notices, what is not does not, and
# an object without a licence is no image.
set -eu
. tests/lib/boot.sh

folder=$TEST_DIR/product
rm -rf "$folder"
cp -r tests/boot/ports "$folder"
build_image "$folder" || { cat "$TEST_DIR/make"; fail "the image was not built"; }
out=$(dirname "$image")
for port in cjson libgcc mbedtls newlib zlib; do
	grep -q "^$port [0-9]" "$out/NOTICES.txt" || fail "NOTICES.txt does not name $port"
	grep -q "^PackageName: $port\$" "$out/sbom.spdx" || fail "sbom.spdx does not name $port"
done
for text in 'Jean-loup Gailly' 'Dave Gamble' 'Red Hat Incorporated' 'Apache License' \
	'Runtime Library'; do
	grep -q "$text" "$out/NOTICES.txt" || fail "NOTICES.txt has not the text with '$text'"
done
link='Relationship: SPDXRef-program-zlib STATIC_LINK SPDXRef-port'
grep -q "^$link-zlib\$" "$out/sbom.spdx" || fail "zlib is not in its program"
! grep -q "^$link-cjson\$" "$out/sbom.spdx" || fail "cjson is in the program that does not call it"
digest=$(sha256sum <"$image" | cut -d ' ' -f 1)
grep -q "^PackageChecksum: SHA256: $digest\$" "$out/sbom.spdx" || fail "it is of another image"

# A library that nothing of is linked is not in the image.
sed -e '/^cjson\.ports/d' -e 's/\(^deployment.programs.*\) cjson/\1/' \
	"$folder/deployment.mk" >"$folder/new"
mv "$folder/new" "$folder/deployment.mk"
sed -e '/^process Cjson/,/^}/d' -e '/[cC]json/d' "$folder/product.gate" >"$folder/new"
mv "$folder/new" "$folder/product.gate"
build_image "$folder" || { cat "$TEST_DIR/make"; fail "the smaller image was not built"; }
! grep -q cjson "$out/NOTICES.txt" "$out/sbom.spdx" || fail "cjson stands there, but is not linked"

# A source that says nothing, as people write them.
sed -e 1d "$folder/zlib/main.c" >"$folder/new"
mv "$folder/new" "$folder/zlib/main.c"
! build_image "$folder" || fail "an image is built of a source without a licence"
grep -q 'zlib/main.c does not name a licence' "$TEST_DIR/make" || {
	cat "$TEST_DIR/make"
	fail "it does not say which source has no licence"
}
[ ! -e "$image" ] || fail "the image is there all the same"

# An archive that nobody knows.
cat >"$TEST_DIR/odd.map" <<-END
	Linker script and memory map
	.text           0x0000000000400000      0x100
	 .text          0x0000000000400000       0x80 build/lib/libodd.a(odd.o)
END
awk -f tools/ports/linked.awk -v table="build/lib/libeven.a=zlib" "$TEST_DIR/odd.map" \
	>"$TEST_DIR/linked" 2>&1 && fail "an archive that nobody knows is believed"
grep -q 'libodd.a(odd.o) of program odd: nobody says' "$TEST_DIR/linked" ||
	fail "it does not say which archive: $(cat "$TEST_DIR/linked")"
