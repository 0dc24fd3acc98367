# SPDX-License-Identifier: BSD-2-Clause-Patent
# A system of 40 processes in six layers: -v classes=40
BEGIN {
	print "edition 1"
	print "level trust { low < middle < high }"
	split("low middle high", levels, " ")
	for (i = 0; i < classes; i++) printf "interface Part%d { start(a: u8) read() -> (b: u8) }\n", i
	for (i = 0; i < classes; i++) {
		printf "process Worker%d { gives work%d: Part%d", i, i, i
		for (u = 1; u <= 2; u++) {
			to = int(i / 8 + 1) * 8 + (i * 5 + u * 3) % 8
			if (to < classes) printf "; uses peer%d: Part%d", u, to
		}
		print "; memory 8K }"
	}
	print "system wide {"
	for (i = 0; i < classes; i++) {
		printf "    worker%d: Worker%d at %s {", i, i, levels[i % 3 + 1]
		for (u = 1; u <= 2; u++) {
			to = int(i / 8 + 1) * 8 + (i * 5 + u * 3) % 8
			if (to < classes) printf " peer%d -> worker%d.work%d;", u, to, to
		}
		print " }"
	}
	print "}"
	for (i = 0; i < classes; i++) {
		for (u = 1; u <= 2; u++) {
			to = int(i / 8 + 1) * 8 + (i * 5 + u * 3) % 8
			if (to >= classes) continue
			printf "allow Worker%d -> Worker%d : work%d.start(a < 9)\n", i, to, to
			if (i % 3 == 0) printf "allow Worker%d -> Worker%d : work%d.read\n", i, to, to
		}
	}
}
