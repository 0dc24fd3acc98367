# SPDX-License-Identifier: BSD-2-Clause-Patent
# The methods of kernel objects, from the numbers that gate writes (core_abi.h), as
#     METHOD(kind, number, bytes, FIELD(offset, bytes, role) ...)
# so that a new method is fuzzed without a word about it here.

function role(name) {
	if (name ~ /^(PROCESS|ENDPOINT|NOTIFICATION)$/) return name
	if (name ~ /(HANDLE|THREAD|REPLY|FRAME|CAPABILITY)$/) return "HANDLE"
	if (name ~ /^(VADDR|BUFFER|PC|SP|TP|ADDRESS)$/) return "ADDRESS"
	if (name ~ /^(KIND|RIGHTS|SIZE|LABEL|PRIORITY|DIGEST)([0-9_].*)?$/) {
		sub(/[0-9_].*/, "", name)
		return name
	}
	return "NUMBER"
}

function emit(bytes,    i, line, width) {
	line = sprintf("METHOD(KIND_%s, %d, %d,", interface, number, bytes)
	for (i = 1; i <= fields; i++) {
		width = (i < fields ? offset[i + 1] : bytes) - offset[i]
		line = line sprintf(" FIELD(%d, %d, ROLE_%s)", offset[i], \
			width >= 8 ? 8 : width >= 4 ? 4 : width >= 2 ? 2 : 1, role(field[i]))
	}
	print line ")"
}

/^\/\* kernel\.core\./ {
	interface = $2
	sub(/.*\./, "", interface)
	interface = toupper(interface)
}
$1 != "#define" || interface == "" || interface == "FAULT" || interface == "SIGNAL" { next }
$2 ~ /_CALL_BYTES$/ { emit($3); next }
$2 ~ /_OUT_|_REPLY_BYTES$|_METHODS$/ { next }
$2 ~ /_OFFSET$/ {
	fields++
	field[fields] = substr($2, length(method) + 2)
	sub(/_OFFSET$/, "", field[fields])
	offset[fields] = $3
	next
}
index($2, interface "_") == 1 && $3 ~ /^[0-9]+$/ {
	method = $2
	number = $3
	fields = 0
}
