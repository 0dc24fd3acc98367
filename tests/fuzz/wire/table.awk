# SPDX-License-Identifier: BSD-2-Clause-Patent
# The interfaces that `gate check --dump=l1` shows, as
#     METHOD(interface, number, errors, CALL(least, most, FIELD(offset, bytes, low, high) ...),
#         REPLY(...))
# A tail has 0 bytes here: it reaches from its offset to the end of the message.

function finish() {
	if (number) {
		printf "METHOD(\"%s\", %d, %d, CALL(%s), REPLY(%s))\n", interface, number, errors, \
			part["call"], part["reply"]
	}
	number = 0
}

/^interface / {
	finish()
	interface = $3
	next
}
/^  [0-9]+ [a-z]/ {
	finish()
	if (interface ~ /^kernel/) next
	number = $1
	errors = $3
	part["call"] = part["reply"] = ""
	next
}
!number { next }
/^    (call|reply) / {
	side = $1
	split($2, bound, /\.\./)
	part[side] = bound[1] ", " bound[2] ","
	next
}
/^      [0-9]+ \+/ {
	split($5, bound, /\.\./)
	low = bound[1]
	high = bound[2]
	if (low == "-9223372036854775808") low = "INT64_MIN"
	if (high == "9223372036854775807") high = "INT64_MAX"
	part[side] = part[side] sprintf(" FIELD(%d, %d, %s, %s)", $1, \
		$4 == "tail" ? 0 : substr($2, 2), low, high)
	next
}
/^[a-z]/ { finish() }
END { finish() }
