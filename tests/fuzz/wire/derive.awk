# SPDX-License-Identifier: BSD-2-Clause-Patent
# The thermostat's product with a fuzzer in the place of its shell. part: processes and rules of the
# fuzzer; wires: what stands in the system. Both are files of tests/fuzz/wire.

# The shell goes, and what is tested and claimed of a product that has no fuzzer.
/^test / { skipping = 1 }
/^prove / { next }
/^use parts / { sub(/\)/, ", Sensor, Valve, Status, Attack)") }
/^use servers.manager / { print "use servers.init (Supervisor)" }
/^use servers.audit / { sub(/\)/, ", Journal)") }
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
