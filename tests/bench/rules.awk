# SPDX-License-Identifier: BSD-2-Clause-Patent
# A policy of many rules, to see what gate takes for it: 20 in 100 with a guard, 5 with an effect, 2
# of a group of 50, which have a wire to it and say so by themselves, too. -v rules=N -v classes=N -v methods=N -v seed=N
function below(n) {
	seed = (seed * 1103515245 + 12345) % 2147483648
	return int(seed / 65536) % n
}

function parties(i, u) {
	for (i = 0; i < classes; i++) {
		printf "interface I%d {", i
		for (u = 0; u < per; u++) printf " m%d(a: u16, b: u8 in 0..99)", u
		print " }"
	}
	for (i = 0; i < classes; i++) {
		printf "process C%d { gives e: I%d", i, i
		for (u = 1; u <= uses; u++) printf "; uses u%d: I%d", u, (i + u) % classes
		print "; memory 8K }"
	}
	print "system big {"
	for (i = 0; i < classes; i++) {
		printf "    c%d: C%d {", i, i
		for (u = 1; u <= uses; u++) printf " u%d -> c%d.e;", u, (i + u) % classes
		print " }"
	}
	print "}"
}

# Effects stand at one method of each interface only: beside them nothing may overlap [S3].
function rule(sender, target, method, kind, low, is_last) {
	is_last = method == per - 1
	kind = below(100)
	if (!is_last && kind < 2) sender = "G" target
	printf "allow %s -> C%d : e.m%d", sender, target, method
	if (is_last && kind < 30) {
		printf " then take B%d", below(20)
	} else if (!is_last && kind < 24) {
		low = below(1000)
		printf "(a in %d..%d, b < %d)", low, low + below(60000), 1 + below(98)
	}
	print ""
}

BEGIN {
	per = int(methods / classes)
	uses = int(rules / (classes * per)) + 1
	print "edition 1"
	parties()
	for (i = 0; i < classes; i++) {
		printf "group G%d = {C%d", i, (i + classes - 1) % classes
		for (u = 2; u <= 50; u++) printf ", C%d", (i + classes - u) % classes
		print "}"
	}
	for (i = 0; i < 20; i++) printf "bucket B%d per client rate 5 per 1s burst 10\n", i
	for (u = 1; u <= uses; u++) {
		for (i = 0; i < classes; i++) {
			for (m = 0; m < per && count < rules; m++) {
				rule("C" i, (i + u) % classes, m)
				count++
			}
		}
	}
}
