# SPDX-License-Identifier: BSD-2-Clause-Patent
# Figures beside their targets: form=md a table for people, form=json the same for tools.
/^#/ { next }
FNR == NR {
	target[$1, "aarch64"] = $2
	target[$1, "armv7"] = $3
	anchor[$1] = $4
	for (i = 5; i <= NF; i++) {
		anchor[$1] = anchor[$1] " " $i
	}
	next
}
{
	count++
	id[count] = $1
	board[count] = $2
	value[count] = $3
	worst[count] = $4
	unit[count] = $5
	goal[count] = target[$1, ($2 ~ /aarch64/ ? "aarch64" : "armv7")]
}
END {
	if (form == "md") {
		print "| figure | board | now | worst | unit | target | anchor |"
		print "|---|---|---|---|---|---|---|"
	} else {
		print "["
	}
	for (i = 1; i <= count; i++) {
		if (form == "md") {
			met = goal[i] == "" || value[i] + 0 <= goal[i] + 0 ? "" : " (missed)"
			printf "| %s | %s | %s | %s | %s | %s%s | %s |\n", id[i], board[i], \
				value[i], worst[i], unit[i], goal[i], met, anchor[id[i]]
		} else {
			printf "{\"id\": \"%s\", \"board\": \"%s\", \"value\": %s, \"worst\": %s, ", \
				id[i], board[i], value[i], worst[i] == "-" ? "null" : worst[i]
			printf "\"unit\": \"%s\", \"target\": %s, \"anchor\": \"%s\"}%s\n", \
				unit[i], goal[i] == "" ? "null" : goal[i], anchor[id[i]], i < count ? "," : ""
		}
	}
	if (form == "json") {
		print "]"
	}
}
