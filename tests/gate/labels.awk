# SPDX-License-Identifier: BSD-2-Clause-Patent
# An SVG of gate graph: says which texts or boxes lie over each other, or outside of the picture.
function number(name, found) {
	match($0, " " name "=\"[0-9]+\"")
	found = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
	return found + 0
}

function add(x, y, w, h, name) {
	left[count] = x
	top[count] = y
	right[count] = x + w
	low[count] = y + h
	names[count++] = name
}

function meet(i, j) {
	return left[i] < right[j] && left[j] < right[i] && top[i] < low[j] && top[j] < low[i]
}

BEGIN {
	split("t 11 n 8 s 6.2 r 6.8 k 6.8", sizes, " ")
	for (i = 1; i in sizes; i += 2) size[sizes[i]] = sizes[i + 1]
}

/^<svg/ {
	width = number("width")
	height = number("height")
	if (width > 1200) print "it is " width " wide"
}

/^<text/ {
	match($0, "class=\"[a-z]")
	class = substr($0, RSTART + 7, 1)
	text = $0
	sub(/<title>.*<\/title>/, "", text)
	gsub(/<[^>]*>/, "", text)
	gsub(/&[a-z]+;/, "x", text)
	gsub(/[\200-\277]/, "", text)
	add(number("x"), number("y") - 9, length(text) * size[class], 11, text)
}

/^<rect class="box/ { boxes[box_count++] = $0 }

END {
	if (count < 3) print "there are no labels"
	for (i = 0; i < count; i++) {
		if (left[i] < 0 || right[i] > width || top[i] < 0 || low[i] > height)
			print "outside: " names[i]
		for (j = 0; j < i; j++) if (meet(i, j)) print names[j] " and " names[i]
	}
	texts = count
	for (b = 0; b < box_count; b++) {
		$0 = boxes[b]
		add(number("x"), number("y"), number("width"), number("height"), "a box")
		for (i = texts; i < count - 1; i++) if (meet(i, count - 1)) print "two boxes"
		for (i = 0; i < texts; i++) {
			if (!meet(i, count - 1)) continue
			if (left[i] < left[count - 1] || right[i] > right[count - 1])
				print "over the border of its box: " names[i]
		}
	}
}
