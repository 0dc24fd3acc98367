# SPDX-License-Identifier: BSD-2-Clause-Patent
# Holds the values that json.awk printed against the Trace Event Format, and against a machine with
# one processor: slices follow each other, each arrow begins and ends in a slice of its threads.

BEGIN { FS = "\t" }

function fail(why) {
	printf "FAIL: event %d: %s\n", n, why
	is_wrong = 1
	exit 1
}

function unquote(text) {
	gsub(/^"|"$/, "", text)
	return text
}

$1 ~ /^\.traceEvents\.[0-9]+\./ {
	split($1, part, ".")
	if (part[3] + 1 > events) events = part[3] + 1
	key = part[5] == "" ? part[4] : part[4] "." part[5]
	field[part[3], key] = unquote($2)
	is_text[part[3], key] = $2 ~ /^"/
}

function need(key, type) {
	if (!((n, key) in field)) fail("has no " key)
	if (type == "text" && !is_text[n, key]) fail(key " is no text")
	if (type == "number" && (is_text[n, key] || field[n, key] < 0)) fail(key " is no number")
	return field[n, key]
}

# The slice of the thread that holds the time.
function holds(thread, time,    i) {
	for (i = 1; i <= slices[thread]; i++) {
		if (from[thread, i] <= time + 0.0005 && time <= to[thread, i] + 0.0005) return 1
	}
	return 0
}

function see_slice(thread) {
	if (need("ts", "number") + 0.0005 < busy_until) fail("two run at a time")
	need("dur", "number")
	busy_until = field[n, "ts"] + field[n, "dur"]
	from[thread, ++slices[thread]] = field[n, "ts"] + 0
	to[thread, slices[thread]] = busy_until
	slice_count++
}

function see_arrow(thread,    id) {
	id = need("id", "number")
	need("cat", "text")
	need("ts", "number")
	if ((phase, id) in arrow) fail("arrow " id " has two ends of a kind")
	arrow[phase, id] = n
	arrows += phase == "s"
	if (phase == "f") {
		if (!(("s", id) in arrow)) fail("arrow " id " ends before it begins")
		m = arrow["s", id]
		if (field[m, "ts"] + 0 > field[n, "ts"] + 0) fail("arrow " id " goes back in time")
		if (field[m, "name"] != field[n, "name"] || field[m, "cat"] != field[n, "cat"])
			fail("arrow " id " has another name at its end")
	}
	if (!holds(thread, field[n, "ts"])) fail("arrow " id " is in no slice of its thread")
}

END {
	if (is_wrong) exit 1
	for (n = 0; n < events; n++) {
		phase = need("ph", "text")
		need("name", "text")
		thread = need("pid", "number") "." need("tid", "number")
		if (phase == "M") {
			if (field[n, "name"] == "thread_name") track[thread] = need("args.name", "text")
			continue
		}
		if (!(thread in track) && thread != "0.0") fail("is on a track without a name")
		if (phase == "X") see_slice(thread)
		else if (phase == "s" || phase == "f") see_arrow(thread)
		else if (phase == "i") {
			need("ts", "number")
			if (need("s", "text") !~ /^[tpg]$/) fail("has an unknown scope")
			marks[need("cat", "text")]++
		} else fail("has an unknown phase " phase)
	}
	for (key in arrow) {
		split(key, part, SUBSEP)
		if (!(("f", part[2]) in arrow)) {
			n = arrow[key]
			fail("arrow " part[2] " has no end")
		}
	}
	printf "slices %d\narrows %d\n", slice_count, arrows
	for (kind in marks) printf "%s %d\n", kind, marks[kind]
}
