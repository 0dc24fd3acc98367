# SPDX-License-Identifier: BSD-2-Clause-Patent
# Merges what host.awk and target.awk found into a report. Variables: reasons (file). A line is what
# gcov counts; of files that no host test has, what the compiler left in a kernel. A branch counts
# as often as gcov says; targets add the share of their own branches of that line that went both
# ways. Lines of assertions do not count as branches.
function source_of(file, line,    text, n) {
	if (!(file in loaded)) {
		loaded[file] = 1
		n = 0
		while ((getline text < file) > 0) {
			source[file, ++n] = text
			if (text ~ /^[a-z_]+\(/) name = substr(text, 1, index(text, "(") - 1)
			function_of[file, n] = name
		}
		close(file)
	}
	return source[file, line]
}
function reason_for(file, line,    i, text) {
	text = source_of(file, line)
	if (!((file, line) in target) && (file, function_of[file, line]) in entered)
		return "no instruction of its own in the optimized kernel; its function runs on the boards"
	for (i = 1; i <= reason_count; i++) {
		if (file == reason_file[i] && (function_of[file, line] == reason_place[i] ||
				index(text, reason_place[i]))) {
			reason_used[i] = 1
			return reason_text[i]
		}
	}
	return ""
}
BEGIN {
	FS = "[ \t]+"
	while ((getline text < reasons) > 0) {
		if (text ~ /^#/ || split(text, word, "\t") < 3) continue
		reason_file[++reason_count] = word[1]
		reason_place[reason_count] = word[2]
		reason_text[reason_count] = word[3]
	}
}
$1 == "H" { host[$2]; all[$2, $3] = $2; hits[$2, $3] += $4 }
$1 == "B" {
	if (!(($2, $3) in outcomes) || outcomes[$2, $3] < $4) outcomes[$2, $3] = $4
	if (taken[$2, $3] < $5) taken[$2, $3] = $5
}
$1 == "T" { target[$2, $3] = $2; hits_target[$2, $3] += $4 }
$1 == "C" { branches[$2, $3] += $4; branches_taken[$2, $3] += $5 }
END {
	for (key in target)
		if (!(target[key] in host)) all[key] = target[key]
	for (key in hits_target) {
		if (!hits_target[key]) continue
		split(key, part, SUBSEP)
		source_of(part[1], part[2])
		entered[part[1], function_of[part[1], part[2]]]
	}
	for (key in all) {
		split(key, part, SUBSEP)
		file = part[1]
		if (source_of(file, part[2]) == "") continue # where the optimizer cut a function in two
		is_assert = source_of(file, part[2]) ~ /kernel_assert\(/
		lines[file]++
		lines_all++
		if (hits[key] || hits_target[key]) {
			lines_hit[file]++
			lines_hit_all++
		} else {
			missed[++missed_count] = file " " part[2]
		}
		n = file in host ? outcomes[key] : branches[key]
		if (is_assert || !n) continue
		share = branches[key] ? int(n * branches_taken[key] / branches[key]) : 0
		best = taken[key] > share ? taken[key] : share
		n_branch[file] += n
		n_taken[file] += best
		n_all += n
		n_taken_all += best
	}
	printf "kernel: %.1f %% of %d lines, %.1f %% of %d branches (assertions excluded)\n\n",
		100 * lines_hit_all / lines_all, lines_all, 100 * n_taken_all / n_all, n_all
	command = "sort"
	print "| file | lines | covered | branches | covered |\n|---|---|---|---|---|"
	for (file in lines) {
		share = n_branch[file] ? sprintf("%.1f %%", 100 * n_taken[file] / n_branch[file]) : "-"
		printf("| %s | %d | %.1f %% | %d | %s |\n", file, lines[file],
			100 * lines_hit[file] / lines[file], n_branch[file], share) | command
	}
	close(command)
	print "\nLines that no test reaches:\n"
	for (i = 1; i <= missed_count; i++) {
		split(missed[i], part, " ")
		why = reason_for(part[1], part[2])
		text = source_of(part[1], part[2])
		gsub(/^[ \t]+/, "", text)
		if (why == "") { unexplained++; why = "NO REASON GIVEN" }
		printf("%s:%04d: `%s`: %s\n", part[1], part[2], text, why) | command
	}
	close(command)
	for (i = 1; i <= reason_count; i++)
		if (!reason_used[i])
			printf "\nno line needs the reason `%s` of %s\n", reason_place[i], reason_file[i]
	printf "\n%d lines without a reason\n", unexplained
}
