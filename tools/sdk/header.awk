# SPDX-License-Identifier: BSD-2-Clause-Patent
# Writes a header of the tree as the SDK has it: what it declares is extern "C" under C++. Its form
# is that of all headers here: comments, #ifndef, #define, #include lines, the rest, #endif.
{
	lines[++count] = $0
}

END {
	for (i = 1; i <= count; i++) {
		if (lines[i] ~ /^#include [<"][^>"]*\.h[>"]/ && !body) {
			last = i
		} else if (lines[i] ~ /^#define [A-Z0-9_]*_H$/ && !last) {
			guard = last = i
		} else if (lines[i] != "" && lines[i] !~ /^(#ifndef|\/\*|[ \t]*\*)/ && last) {
			body = 1
		}
		if (lines[i] == "#endif") {
			end = i
		}
	}
	for (i = 1; i <= count; i++) {
		if (i == end) {
			print "#ifdef __cplusplus\n}\n#endif\n"
		}
		print lines[i]
		if (i == guard) {
			print "\n#ifdef __cplusplus\n#include \"gatehouse/cplusplus.h\"\n#endif"
		}
		if (i == last) {
			print "\n#ifdef __cplusplus\nextern \"C\" {\n#endif"
		}
	}
}
