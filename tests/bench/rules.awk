# SPDX-License-Identifier: BSD-2-Clause-Patent
# A policy of many rules, to see what gate takes for it: 20 in 100 with a guard, 5 with an effect, 2
# of a group of 50, who each have a wire there and rules of their own beside.
# -v rules=N -v classes=N -v methods=N -v seed=N; -v tests=N: so many guards are tested, too;
# -v changed=N: every N-th guard is wider by 1, and the rule behind it is left out
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

function guard(sender, target, method, low, high, most) {
	low = below(1000)
	high = low + below(60000)
	most = 1 + below(98)
	if (changed && ++guards % changed == 0) {
		high++
		skips = 2
	}
	if (sender ~ /^C/ && guards_kept < tests) guard_keep(sender, target, method, high, most)
	return sprintf("(a in %d..%d, b < %d)", low, high, most)
}

function guard_keep(sender, target, method, high, most, step) {
	step = "c" substr(sender, 2) " -> c" target " : e.m" method "(a = "
	grants[guards_kept] = step high ", b = " most - 1 ")"
	denies[guards_kept] = step high + 1 ", b = 0)"
	places[guards_kept++] = target " " method
}

# Effects stand at one method of each interface only: beside them nothing may overlap [S3].
function rule(sender, target, method, kind, is_last, rest) {
	is_last = method == per - 1
	kind = below(100)
	if (!is_last && kind < 2) {
		sender = "G" target
		groups[target " " method] = 1
	}
	if (is_last && kind < 30) {
		rest = " then take B" below(20)
	} else if (!is_last && kind < 24) {
		rest = guard(sender, target, method)
	}
	if (skips && --skips == 0) return
	print "allow " sender " -> C" target " : e.m" method rest
}

# Where no group may do it, too.
function test_print(i) {
	print "test \"guards\" {"
	for (i = 0; i < guards_kept; i++) {
		if (places[i] in groups) continue
		print "    grant " grants[i]
		print "    deny because guard " denies[i]
	}
	print "}"
}

BEGIN {
	per = int(methods / classes)
	uses = int(rules / (classes * per)) + 1
	guards_kept = 0
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
	if (tests) test_print()
}
