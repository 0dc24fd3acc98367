# SPDX-License-Identifier: BSD-2-Clause-Patent
# product.awk: what a person adds to an imported policy, so that its client (`client`: its class)
# can be seen: a console, and the right to end the machine.
BEGIN { instance = tolower(client) }
/^edition 1$/ {
	print
	print "use servers.console (Console)"
	print "use servers.uart (Uart)"
	next
}
$1 == "process" && $2 == client {
	sub(/\{/, "{ uses console: servers.console.Console; device power; memory 64K; ")
}
/^system / {
	print
	print "    uart: Uart { reader -> console.signal }"
	print "    console: Console { serial -> uart.serial }"
	next
}
$1 == instance ":" { sub(/\{/, "{ console -> console.console; ") }
/^allow / && !said {
	print "accept servers.console.needs"
	print "accept servers.uart.needs"
	print "allow " client " -> Console : console.write because \"it says what it sees\""
	said = 1
}
{ print }
