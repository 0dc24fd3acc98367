# SPDX-License-Identifier: BSD-2-Clause-Patent
# What events.awk found, as a picture of one call: everything that happens from its request to its
# answer. -v call=Interface.method@N names it.

# Where a time, a thread stands.
function x_of(time) {
	return LEFT + (time - begin) * (WIDTH - LEFT - RIGHT) / (end - begin)
}

function y_of(name) {
	return TOP + row[name] * ROW
}

function overlaps(from, to) {
	return to >= begin && from <= end
}

function clip(time) {
	return time < begin ? begin : time > end ? end : time
}

function find_call(    name, number, i, n) {
	split(call, part, "@")
	name = part[1]
	number = part[2] == "" ? 1 : part[2]
	for (i = 1; i <= flows; i++) {
		if (flow_kind[i] == "call" && flow_message[i] == name && ++n == number) {
			begin = flow_from[i]
			for (n = i + 1; n <= flows; n++) {
				if (flow_kind[n] == "reply" && flow_message[n] == name && \
					flow_receiver[n] == flow_sender[i]) {
					end = flow_to[n]
					return 1
				}
			}
		}
	}
	return 0
}

# The threads that run in between, in the order in which they do.
function find_rows(    i) {
	for (i = 1; i <= slices; i++) {
		if (overlaps(slice_from[i], slice_to[i]) && !(slice_who[i] in row)) {
			row[slice_who[i]] = rows++
		}
	}
}

function put_style() {
	print "<style>"
	print "text { font: 12px sans-serif; fill: #24292f }"
	print ".small { font-size: 10px; fill: #57606a }"
	print ".line { stroke: #d0d7de; stroke-width: 1 }"
	print ".call, .reply { fill: none; stroke: #57606a; stroke-width: 1.2; marker-end: url(#head) }"
	print ".reply { stroke-dasharray: 3 2 }"
	print ".head { fill: #57606a }"
	print ".verdict, .fault, .end { fill: #cf222e }"
	print ".irq, .signal { fill: #9a6700 }"
	print ".told { fill: #cf222e; font-weight: bold; font-size: 11px }"
	for (i = 0; i < COLOURS; i++) printf ".c%d { fill: %s }\n", i, colour[i + 1]
	print "@media (prefers-color-scheme: dark) {"
	print "text { fill: #e6edf3 } .small { fill: #9198a1 } .line { stroke: #3d444d }"
	print ".call, .reply { stroke: #9198a1 } .head { fill: #9198a1 }"
	print ".verdict, .fault, .end, .told { fill: #ff7b72 } .irq, .signal { fill: #d29922 }"
	print "}\n</style>"
	print "<defs><marker id=\"head\" viewBox=\"0 0 6 6\" refX=\"5\" refY=\"3\"" \
		" markerWidth=\"6\" markerHeight=\"6\" orient=\"auto\">" \
		"<path class=\"head\" d=\"M0 0 6 3 0 6z\"/></marker></defs>"
}

function put_rows(    name) {
	for (name in row) {
		printf "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n", LEFT - 12, \
			y_of(name) + 4, name
		printf "<path class=\"line\" d=\"M%d %.1fH%d\"/>\n", LEFT, y_of(name), WIDTH - RIGHT
	}
}

function put_axis(    step, t, y) {
	y = TOP + rows * ROW
	for (step = 1; (end - begin) / step > 10; step *= (step ~ /^2/) ? 2.5 : 2) {
	}
	for (t = 0; t <= end - begin; t += step) {
		printf "<path class=\"line\" d=\"M%.1f %dv6\"/><text class=\"small\" x=\"%.1f\"" \
			" y=\"%d\" text-anchor=\"middle\">%g</text>\n", x_of(begin + t), y, \
			x_of(begin + t), y + 18, t
	}
	printf "<text class=\"small\" x=\"%d\" y=\"%d\" text-anchor=\"end\">us</text>\n", LEFT - 12, y + 18
}

function put_slices(    i, width) {
	for (i = 1; i <= slices; i++) {
		if (!overlaps(slice_from[i], slice_to[i])) continue
		width = x_of(clip(slice_to[i])) - x_of(clip(slice_from[i]))
		printf "<rect class=\"c%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"2\">" \
			"<title>%s runs %.3f us</title></rect>\n", row[slice_who[i]] % COLOURS, \
			x_of(clip(slice_from[i])), y_of(slice_who[i]) - BAR / 2, \
			width < 1.5 ? 1.5 : width, BAR, slice_who[i], slice_to[i] - slice_from[i]
	}
}

# A request goes from bar to bar; its name stands beside it where there is room.
function put_arrows(    i, from, to, down, x, y) {
	for (i = 1; i <= flows; i++) {
		if (flow_from[i] < begin || flow_to[i] > end || flow_to[i] < 0) continue
		from = y_of(flow_sender[i])
		to = y_of(flow_receiver[i])
		down = to > from ? 1 : -1
		x = x_of(flow_to[i])
		printf "<path class=\"%s\" d=\"M%.1f %.1f %.1f %.1f\"><title>%s of %s</title></path>\n", \
			flow_kind[i], x_of(flow_from[i]), from + down * BAR / 2, x, \
			to - down * BAR / 2, flow_kind[i], flow_message[i]
		y = (from + to) / 2
		if (flow_kind[i] == "call" && x > room[y]) {
			printf "<text class=\"small\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", x + 5, y + 3, \
				flow_message[i]
			room[y] = x + 12 + 6 * length(flow_message[i])
		}
	}
}

function put_marks(    i, x, y) {
	for (i = 1; i <= marks; i++) {
		if (mark_at[i] < begin || mark_at[i] > end || !(mark_who[i] in row)) continue
		x = x_of(mark_at[i])
		y = y_of(mark_who[i])
		printf "<path class=\"%s\" d=\"M%.1f %.1fl5 -9h-10z\"><title>%s</title></path>\n", \
			mark_kind[i], x, y - BAR / 2, mark_text[i]
		if (mark_kind[i] == "verdict") {
			printf "<text class=\"told\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", \
				x + 8, y - BAR / 2 - 2, mark_text[i]
		}
	}
}

END {
	if (is_wrong) exit 1
	WIDTH = 960; LEFT = 90; RIGHT = 20; TOP = 44; ROW = 52; BAR = 14
	COLOURS = split("#4c8bd6 #bf8700 #2da44e #a475f9 #d4688c #1b9aaa", colour, " ")
	if (!find_call()) {
		printf "trace: there is no answered call of %s in it\n", call >"/dev/stderr"
		exit 1
	}
	find_rows()
	print "<!-- SPDX-License-Identifier: BSD-2-Clause-Patent -->"
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\">\n", WIDTH, \
		TOP + rows * ROW + 28, WIDTH
	put_style()
	put_rows()
	put_axis()
	put_slices()
	put_arrows()
	put_marks()
	print "</svg>"
}
