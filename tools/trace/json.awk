# SPDX-License-Identifier: BSD-2-Clause-Patent
# What events.awk found, in the Trace Event Format (JSON) that Perfetto and Chrome open: a track for
# each thread, a slice while it runs, an arrow for each request and answer.

# Names come from policy files, so none needs an escape but these.
function quote(text) {
	gsub(/\\/, "\\\\", text)
	gsub(/"/, "\\\"", text)
	return "\"" text "\""
}

function put(text) {
	printf "%s\n%s", is_first++ ? "," : "", text
}

# process: what stands before the slash of a thread.
function place(name) {
	return sprintf("\"pid\":%d,\"tid\":%d", process[name], thread[name])
}

function event(phase, name, at, title, rest) {
	put(sprintf("{\"ph\":\"%s\",%s,\"ts\":%.3f,\"name\":%s%s}", phase, place(name), at, \
		quote(title), rest))
}

function name_tracks(    i, base) {
	for (i = 1; i <= whos; i++) {
		base = who[i]
		sub(/\/.*/, "", base)
		if (!(base in pids)) {
			pids[base] = ++processes
			put(sprintf("{\"ph\":\"M\",\"pid\":%d,\"tid\":0,\"name\":\"process_name\"," \
				"\"args\":{\"name\":%s}}", processes, quote(base)))
		}
		process[who[i]] = pids[base]
		thread[who[i]] = i
		put(sprintf("{\"ph\":\"M\",%s,\"name\":\"thread_name\",\"args\":{\"name\":%s}}", \
			place(who[i]), quote(who[i])))
	}
}

END {
	if (is_wrong) exit 1
	printf "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"lost\":%d},\"traceEvents\":[", lost
	name_tracks()
	for (i = 1; i <= slices; i++) {
		event("X", slice_who[i], slice_from[i], "runs", sprintf(",\"dur\":%.3f," \
			"\"args\":{\"left\":%s}", slice_to[i] - slice_from[i], quote(slice_left[i])))
	}
	for (i = 1; i <= flows; i++) {
		if (flow_to[i] < 0) continue
		rest = sprintf(",\"cat\":%s,\"id\":%d", quote(flow_kind[i]), i)
		event("s", flow_sender[i], flow_from[i], flow_message[i], rest)
		event("f", flow_receiver[i], flow_to[i], flow_message[i], rest ",\"bp\":\"e\"")
	}
	for (i = 1; i <= marks; i++) {
		if (mark_who[i] in thread) {
			event("i", mark_who[i], mark_at[i], mark_text[i], \
				sprintf(",\"cat\":%s,\"s\":\"t\"", quote(mark_kind[i])))
		} else {
			put(sprintf("{\"ph\":\"i\",\"pid\":0,\"tid\":0,\"ts\":%.3f,\"name\":%s," \
				"\"cat\":%s,\"s\":\"g\"}", mark_at[i], quote(mark_text[i]), \
				quote(mark_kind[i])))
		}
	}
	print "\n]}"
}
