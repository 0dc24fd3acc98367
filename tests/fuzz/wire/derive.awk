# SPDX-License-Identifier: BSD-2-Clause-Patent
# The thermostat's product with a fuzzer in the place of its shell. part: processes and rules of the
# fuzzer; wires: what stands in the system. Both are files of tests/fuzz/wire.

# Everything of the shell goes: its class, its tests, its rules with their reasons.
/^(process Shell|test) / { skipping = 1 }
/^allow Shell / { in_rule = 1; next }
in_rule && /^    / { next }
{ in_rule = 0 }
skipping {
	if (/^}/) skipping = 0
	next
}
/^    shell: Shell \{/ {
	while ((getline line <wires) > 0) print line
	in_shell = 1
	next
}
in_shell {
	if (/^    }/) in_shell = 0
	next
}
{ print }
END {
	while ((getline line <part) > 0) print line
}
