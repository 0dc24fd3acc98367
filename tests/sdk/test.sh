#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# A program in C and one in C++, built with the SDK as docs/sdk.md says, boot on both boards. All
# that is in that document is typed by `make test-sdk`.
# timeout: 180
. tests/sdk/follow.sh

! grep -rlE "(^|[^[:alnum:]_./-])$top/" "$home/sdk" || fail "a file of the SDK names this tree"
[ -z "$(find "$home/sdk" -type l ! -exec test -e {} \; -print)" ] || fail "a link leads nowhere"
follow sh
booted 4

# An image of somebody else's says what it is made of, too.
product=$home/work/hello/build/qemu-virt-aarch64/product
for port in libgcc mbedtls newlib; do
	grep -q "^$port [0-9]" "$product/NOTICES.txt" || fail "NOTICES.txt does not name $port"
	grep -q "^PackageName: $port\$" "$product/sbom.spdx" || fail "sbom.spdx does not name $port"
done
for text in 'Red Hat Incorporated' 'Apache License' 'Runtime Library'; do
	grep -q "$text" "$product/NOTICES.txt" || fail "NOTICES.txt has not the text with '$text'"
done
digest=$(sha256sum <"$product/image.bin" | cut -d ' ' -f 1)
grep -q "^PackageChecksum: SHA256: $digest\$" "$product/sbom.spdx" || fail "it is of another image"
for program in kernel init uart console hello; do
	grep -q "CONTAINS SPDXRef-program-$program\$" "$product/sbom.spdx" ||
		fail "sbom.spdx does not name $program"
done

# What is typed wrongly is said, and nothing is left behind.
# $1: what the message must say; others: what is typed
refused() {
	wanted=$1
	shift
	! (cd "$home/work" && "$@") >"$TEST_DIR/refused" 2>&1 || fail "'$*' is accepted"
	grep -q "$wanted" "$TEST_DIR/refused" || {
		cat "$TEST_DIR/refused"
		fail "'$*' does not say '$wanted'"
	}
}
refused "it can be: app" "$home/sdk/new" thing one
refused "small letters" "$home/sdk/new" app ../one
refused "hello is there already" "$home/sdk/new" app hello
refused "is a word of the language" "$home/sdk/new" app restart
refused "there is no board 'mars'" make -C hello BOARD=mars
refused "nobody says what program hello" make -C hello hello.src=
refused "no server called moon" make -C hello servers=moon
[ -z "$(find "$home/work" -maxdepth 1 -name '*.new.*')" ] || fail "new leaves a folder behind"

# A source without a licence is no image, until somebody says whose it is.
sed -i 1d "$home/work/hello/main.c"
refused "main.c does not name a licence" make -C hello
[ ! -e "$product/image.bin" ] || fail "the image is there all the same"
(cd "$home/work" && make -C hello licence=MIT) >"$TEST_DIR/said" 2>&1 || {
	cat "$TEST_DIR/said"
	fail "licence=MIT is not enough"
}
grep -A 6 '^PackageName: hello$' "$product/sbom.spdx" | grep -q '^PackageLicenseDeclared: .*MIT' ||
	fail "sbom.spdx does not say MIT: $(grep -A 6 '^PackageName: hello$' "$product/sbom.spdx")"
cp "$product/programs/hello/hello.elf" "$home/work/none"
refused "there is no linker map $home/work/none.map of program hello" \
	make -C hello licence= hello.elf="$home/work/none"
