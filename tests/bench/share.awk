# SPDX-License-Identifier: BSD-2-Clause-Patent
# Instructions of the first window (window.c) that belong to the monitor: those of its functions,
# inlined or not, and the comparison and branch that follow them.
# input: the windows, what `addr2line -a -i` says of their addresses, `objdump -d` of the kernel
FNR == 1 {
	file++
}
file == 1 {
	if ($1 == "window") {
		window = $2
	} else if (window == 1) {
		times[$1] = $2
	}
	next
}
file == 2 {
	if ($0 ~ /^0x/) {
		address = $1
		sub(/^0x0*/, "", address)
	} else if ($0 ~ /(^|\/)ksm\//) {
		is_check[address] = 1
	}
	next
}
$1 ~ /^[0-9a-f]+:$/ {
	address = substr($1, 1, length($1) - 1)
	follows = belongs && $2 ~ /^(cmp|tst|cbn?z|tbn?z|b(\.[a-z]+|eq|ne|cs|cc|hs|lo|hi|ls))$/
	belongs = (address in is_check) || follows
	if (belongs && (address in times)) {
		sum += times[address]
	}
}
END { print sum + 0 }
