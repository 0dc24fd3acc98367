#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate doc: the document of an example, and that HTML has the same lines.
# $1 is gate, $2 a folder of its own.
set -eu

for file in tests/gate/doc/*.out; do
	example=docs/policy/examples/$(basename "$file" .out).gate
	"$1" doc "$example" >"$2/got" 2>&1 || echo "$example: exit code $?"
	diff "$file" "$2/got" || echo "$example: the document differs"
	"$1" doc --html "$example" >"$2/html" 2>&1 || echo "$example: exit code $? with --html"
	[ "$(grep -c '^| [^-]' "$2/got")" = "$(grep -o '<tr>' "$2/html" | grep -c .)" ] ||
		echo "$example: HTML has other lines"
	! grep -E '<(script|link|img)|https?://' "$2/html" || echo "$example: HTML needs other files"
done

# A test that fails: no document.
sed 's/deny because guard/grant/' docs/policy/examples/01-limits.gate >"$2/wrong.gate"
code=0
"$1" doc "$2/wrong.gate" >"$2/got" 2>&1 || code=$?
[ "$code" = 1 ] || echo "a test that fails: exit code $code"
! grep -q '^# ' "$2/got" || echo "a test that fails: a document all the same"

# A file is written whole, or stays what it was.
"$1" doc docs/policy/examples/04-answers.gate -o "$2/to" || echo "-o: exit code $?"
diff tests/gate/doc/04-answers.out "$2/to" || echo "-o: the document differs"
! "$1" doc "$2/wrong.gate" -o "$2/to" >"$2/got" 2>&1 || echo "a test that fails with -o: exit code 0"
diff tests/gate/doc/04-answers.out "$2/to" || echo "a test that fails: the old document is lost"
