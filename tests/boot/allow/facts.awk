# SPDX-License-Identifier: BSD-2-Clause-Patent
# Judges the facts of one guest. Files: messages, lost, facts. -v question:
#   lost     what was taken away, and yet granted, or not denied and recorded
#   cycles   how often the controller read its sensor; nothing while a lost message was not denied
#   calm     who did not run undisturbed
#   all      what the lines allow, and nobody sends
function target_of(message, part) {
	split(message, part, " ")
	return part[2] " " part[3] " " part[4]
}

function is_denied(message, part) {
	split(message, part, " ")
	return denied[part[1] " " part[2] " " part[3] " default"] > 0 && \
		(message " call default") in recorded
}

FNR == 1 {
	file++
}

file == 1 {
	is_message[$2 " " $3 " " $4 " " $5] = 1
	next
}

file == 2 {
	is_lost[$0] = 1
	next
}

$1 == "grant" && $6 == "call" {
	granted[$2 " " $3 " " $4 " " $5] += $7
}

$1 == "deny" {
	denied[$2 " " $3 " " $4 " " $5] += $6
}

$1 == "record" || $1 == "first" {
	recorded[$3 " " $4 " " $5 " " $6 " " $7 " " $8] = 1
	# The answer to a message that was denied: it was delivered all the same.
	if ($7 == "reply" || $7 == "error") {
		answered[$3 " " $5 " " $6] = 1
	}
}

$1 == "grant" && ($6 == "reply" || $6 == "error") {
	is_answered[$2 " " $3 " " $4 " " $5] = 1
}

$1 == "instance" {
	life[$2] = $3 " starts, " $5 " faults"
}

END {
	if (question == "lost") {
		for (message in is_lost) {
			if (granted[message]) {
				print message " was granted all the same"
			} else if (is_answered[message] || (target_of(message) in answered)) {
				print message " was denied, and delivered all the same"
			} else if (!is_denied(message)) {
				print message " was not denied and recorded"
			}
		}
	} else if (question == "cycles") {
		for (message in is_lost) {
			if (!is_denied(message)) {
				exit
			}
		}
		print granted["control sensor Sensor read"] + 0
	} else if (question == "calm") {
		for (name in life) {
			if (life[name] != "1 starts, 0 faults") {
				print name " had " life[name]
			}
		}
		if (!granted["control driver Valve set"]) {
			print "the valve does not move"
		}
	} else {
		for (message in is_message) {
			if (!granted[message]) {
				print message " is never sent, so that taking its line away shows nothing"
			}
		}
		for (edge in denied) {
			if (edge ~ / default$/ && edge != "intruder driver Valve default") {
				print edge ": denied with all lines in place"
			}
		}
	}
}
