# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads `readelf -SW` of a kernel. A section that takes memory and that kernel.ld does not name is
# put by the linker behind kernel_end, where the bundle begins: that kernel would destroy it.
{
	gsub(/\[ */, "[")
}
/^ *\[[0-9]+\] \./ && $8 ~ /A/ && $2 !~ /^\.(boot|text|rodata|data|bss)$/ {
	print "kernel.ld does not place section " $2 > "/dev/stderr"
	bad = 1
}
END {
	exit bad
}
