# SPDX-License-Identifier: BSD-2-Clause-Patent
# What did not go on although the line that was taken away has nothing to do with it.
# Files: messages, lost, facts with all lines, facts without the line; -v base names the third.

# Messages that nobody gets so far as to send when `cause` is denied.
function follows(cause, message) {
	consequence[cause, ++consequences[cause]] = message
}

BEGIN {
	follows("control sensor Sensor read", "control driver Valve set")
	follows("control sensor Sensor read", "control driver Valve read")
	follows("control sensor Sensor read", "control console Console write")
	follows("shell trace Events stop", "shell trace Events line")
	follows("shell sensor Crash now", "control console Console write")
	follows("shell intruder Attack run", "intruder sensor Sensor average")
	# Nobody is found without a look; what the manager is not asked it does not ask.
	wishes = split("start stop kill restart", wish, " ")
	for (i = 1; i <= wishes; i++) {
		follows("shell manager Supervisor look", "shell manager Supervisor " wish[i])
		follows("shell manager Supervisor look", "manager init Supervisor " wish[i])
		follows("manager init Supervisor look", "shell manager Supervisor " wish[i])
		follows("manager init Supervisor look", "manager init Supervisor " wish[i])
		follows("shell manager Supervisor " wish[i], "manager init Supervisor " wish[i])
	}
	follows("shell manager Supervisor look", "manager init Supervisor look")
	follows("shell manager Supervisor trouble", "manager init Supervisor trouble")
}

FNR == 1 {
	file++
}

file == 1 {
	is_message[$2 " " $3 " " $4 " " $5] = 1
	next
}

file == 2 {
	is_gone[$0] = 1
	no_wishes = no_wishes || / Supervisor /
	for (i = 1; i <= consequences[$0]; i++) {
		is_gone[consequence[$0, i]] = 1
	}
	next
}

$1 == "grant" && $6 == "call" {
	sent[file, $2 " " $3 " " $4 " " $5] = 1
}

$1 == "instance" {
	life[file, $2] = $3 " starts, " $5 " faults"
	is_instance[$2] = 1
}

# Nobody crashed it, because the message that does was taken away.
function is_spared(name) {
	if (no_wishes) {
		return name ~ /^(sensor|driver|intruder)$/
	}
	return life[4, name] ~ /, 0 faults$/ && (name == "intruder" ? \
		("shell intruder Attack run" in is_gone) : ("shell " name " Crash now" in is_gone))
}

END {
	for (message in is_message) {
		if ((3, message) in sent && !((4, message) in sent) && !(message in is_gone)) {
			print message " is not sent any more"
		}
	}
	for (name in is_instance) {
		if (life[3, name] != life[4, name] && !is_spared(name)) {
			print name " had " life[4, name] "; with all lines " life[3, name]
		}
	}
}
