#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The verifier, and the parts of the decision that are no program, by Frama-C (WP and RTE): every
# function named here ends and reads nothing outside of what it was given, whatever the bytes are; a
# DENY of a verified program is no grant; an entry that neither grants nor runs a program denies.
# Not proved are ksm_program_run and ksm_decide: see README.md. Goals that no prover closes are
# listed in open.txt with the reason and the test that covers them, at most 10; another is a
# failure.
#
# usage: engine.sh FOLDER
#   FOLDER  for the logs
# Prints `ok`, `FAIL` lines. Exit code: 0, or 1 if a goal is open that is not listed.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

folder=$1
mkdir -p "$folder"
status=0

# $1 source, without the folder and .c; $2 its functions
prove() {
	log=$folder/$1.log
	timeout -k 5 900 frama-c -c11 -machdep gcc_x86_64 -wp -wp-rte -wp-prover z3,cvc4 \
		-wp-timeout 10 -wp-par 2 \
		-cpp-extra-args='-I. -Ikernel/include -include tests/prove/frama.h' \
		-wp-fct "$2" "ksm/engine/$1.c" >"$log" 2>&1 || {
		echo "FAIL prove/$1: Frama-C does not take it, or not in 900 s ($log)"
		status=1
		return 0
	}
	# A goal in many parts is one in open.txt: their numbers change with every line above it.
	sed -n 's/^\[wp\] \[\(Failed\|Timeout\|Unknown\)\] Goal \(typed_[a-z0-9_]*\).*/\2/p' "$log" \
		>"$folder/$1.left"
	sed 's/_part[0-9]*$/_part/' "$folder/$1.left" | sort -u | while read -r goal; do
		cut -f 1 tests/prove/open.txt | grep -qx "$goal" || echo "$goal"
	done >"$folder/$1.open"
	proved=$(sed -n 's/^\[wp\] Proved goals: *\([0-9]* \/ [0-9]*\)$/\1/p' "$log")
	if [ -s "$folder/$1.open" ] || [ -z "$proved" ]; then
		echo "FAIL prove/$1: open, and not in open.txt: $(tr '\n' ' ' <"$folder/$1.open")($log)"
		status=1
	else
		echo "ok   prove/$1: $proved goals, the others are in tests/prove/open.txt"
	fi
}

why3 config detect >"$folder/why3.log" 2>&1 || :
prove verify "$(tr -d '\n\t ' <<END
	bytes_equal,sections_verify,header_verify,limits_verify,edges_verify,
	shape_is_valid,program_fits,action_verify,rows_verify,aborts_verify,ksm_verify,
	format_u16,format_u32,format_u64,format_set_cost,format_shape_leases,
	format_shape_handles
END
)"
prove verify_program "$(tr -d '\n\t ' <<END
	op_read,field_is_valid,load_verify,
	deny_is_valid,state_op_is_valid,state_op_verify,op_verify,
	reach,program_verify,ksm_programs_verify,set_verify,ksm_sets_verify,format_state_cost
END
)"
prove state "$(tr -d '\n\t ' <<END
	format_state_count,format_state_amount,state_verify,ksm_state_verify,format_state_words,
	format_state_cells,format_state_id
END
)"
prove decide is_asked,shape_fits,action_reason
prove program ksm_text_load,ksm_is_path,first_not_zero
left=$(cat "$folder"/*.left | wc -l)
[ "$left" -le 10 ] || {
	echo "FAIL prove/engine: $left goals are open, more than 10"
	status=1
}
exit "$status"
