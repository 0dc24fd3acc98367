# SPDX-License-Identifier: BSD-2-Clause-Patent
# Reads what the shell's `trace` printed, out of a console's log, the last trace in it; json.awk and
# svg.awk write what is found:
#     who[1..whos]        threads, in the order in which they appear
#     slice_*[1..slices]  times in which one runs: whose, from, to, why it ended
#     flow_*[1..flows]    requests and answers, from the one's slice to the other's
#     mark_*[1..marks]    verdicts, interrupts, faults, signals, calls that ended without an answer
# Words of a line: time in us, who, kind, peer, message, detail (servers/trace/line.h).

function see(name) {
	if (!(name in seen)) {
		seen[name] = 1
		who[++whos] = name
	}
}

function forget(    name) {
	for (name in seen) delete seen[name]
	for (name in sent) delete sent[name]
	for (name in due) delete due[name]
	whos = slices = flows = marks = events = lost = 0
	running = ""
	last = -1
	is_inside = 1
	is_complete = 0
}

function slice_begin(name, time,    n, i, parts) {
	see(name)
	running = name
	slice_who[++slices] = name
	slice_from[slices] = slice_to[slices] = time
	slice_left[slices] = ""
	# Messages that came before it ran.
	n = split(due[name], parts, " ")
	for (i = 1; i <= n; i++) flow_to[parts[i]] = time
	due[name] = ""
}

function slice_end(time, left) {
	if (running != "") {
		slice_to[slices] = time
		slice_left[slices] = left
	}
	running = ""
}

# A message that `to` gets now; a thread that does not run gets it when it runs.
function flow(kind, from, sent_at, to, time, message) {
	see(to)
	flow_kind[++flows] = kind
	flow_sender[flows] = from
	flow_from[flows] = sent_at
	flow_receiver[flows] = to
	flow_to[flows] = time
	flow_message[flows] = message
	if (running != to) {
		flow_to[flows] = -1
		due[to] = due[to] " " flows
	}
}

function mark(kind, name, time, text) {
	mark_kind[++marks] = kind
	mark_who[marks] = name
	mark_at[marks] = time
	mark_text[marks] = text
}

function wrong(why) {
	printf "trace: line %d: %s: %s\n", NR, why, $0 >"/dev/stderr"
	is_wrong = 1
	exit 1
}

{ gsub(/\r/, "") }

/^trace: [0-9]+ events$/ {
	forget()
	promised = $2
	next
}

is_inside && /^trace: end;/ {
	is_inside = 0
	is_complete = events == promised
	lost = $3
	slice_end(last, "")
	next
}

# Others may write to the console in between: their lines are not of this form.
!is_inside || NF != 6 || $1 !~ /^[0-9]+\.[0-9][0-9][0-9]$/ { next }

{
	events++
	if ($1 + 0 < last) wrong("time goes backwards")
	last = $1 + 0
	if (events == 1 && ($3 == "call" || $3 == "reply") && $2 != "-") slice_begin($2, last)
}

$3 == "run" {
	slice_end(last, $6)
	if ($2 != "-") slice_begin($2, last)
}
$3 == "call" { sent[$2] = last }
$3 == "receive" { flow("call", $4, $4 in sent ? sent[$4] : last, $2, last, $5) }
$3 == "reply" { flow("reply", $2, last, $4, last, $5) }
$3 == "end" { mark("end", $2, last, $5 " ends: " $6) }
$3 == "signal" { mark("signal", $2, last, "signal to " $4) }
$3 == "irq" { mark("irq", $2 == "-" ? running : $2, last, "interrupt " $6) }
$3 == "fault" { mark("fault", $2, last, $5 == "exit" ? "exit" : $5 " at " $6) }
$3 == "verdict" { mark("verdict", $2, last, "denied: " $6 ($5 == "-" ? "" : ": " $5 " of " $4)) }

END {
	if (is_wrong) exit 1
	if (!is_complete) {
		printf "trace: %s\n", promised == "" ? "there is no trace in it" : \
			events " of " promised " events are there" >"/dev/stderr"
		is_wrong = 1
		exit 1
	}
}
