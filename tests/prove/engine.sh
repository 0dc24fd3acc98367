#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause-Patent
# The verifier, and the decision but for programs, by Frama-C (WP and RTE): every function named
# here ends and reads nothing outside of what it was given, whatever the bytes are. No matching
# allow means deny: what ksm_decide grants, an action of the policy in force names; a DENY of a
# verified program is no grant. An unverified blob never decides: in the kernel each that comes
# into force is one that ksm_verify took. Not proved is ksm_program_run: see README.md. Goals that
# no prover closes, and contracts that are assumed, are listed in open.txt with the reason and the
# test that covers them, at most 10; another is a failure.
#
# usage: engine.sh FOLDER
#   FOLDER  for the logs
# Prints `ok`, `FAIL` lines. Exit code: 0, or 1 if a goal is open that is not listed.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."

folder=$1
core=build/host/gen/core
mkdir -p "$folder"
status=0

# $1 source, without .c; $2 its functions; $3 header in front of it; then more for Frama-C
prove() {
	source=$1
	name=${source##*/}
	functions=$2
	header=$3
	shift 3
	log=$folder/$name.log
	timeout -k 5 900 frama-c -c11 -machdep gcc_x86_64 -wp -wp-prover z3,cvc4 \
		-wp-timeout 10 -wp-par 2 "$@" \
		-cpp-extra-args="-I. -Ikernel/include -I$core -Itests/host/fake_arch \
			-include tests/prove/$header" \
		-wp-fct "$functions" "$source.c" >"$log" 2>&1 || {
		echo "FAIL prove/$name: Frama-C does not take it, or not in 900 s ($log)"
		status=1
		return 0
	}
	# A goal in many parts is one in open.txt: their numbers change with every line above it.
	sed -n 's/^\[wp\] \[\(Failed\|Timeout\|Unknown\)\] Goal \(typed_[a-z0-9_]*\).*/\2/p' "$log" \
		>"$folder/$name.left"
	sed 's/_part[0-9]*$/_part/' "$folder/$name.left" | sort -u | while read -r goal; do
		cut -f 1 tests/prove/open.txt | grep -qx "$goal" || echo "$goal"
	done >"$folder/$name.open"
	proved=$(sed -n 's/^\[wp\] Proved goals: *\([0-9]* \/ [0-9]*\)$/\1/p' "$log")
	if [ -s "$folder/$name.open" ] || [ -z "$proved" ]; then
		echo "FAIL prove/$name: open, and not in open.txt: $(tr '\n' ' ' <"$folder/$name.open")($log)"
		status=1
	else
		echo "ok   prove/$name: $proved goals, the others are in tests/prove/open.txt"
	fi
}

GATEHOUSE_INNER=1 make -s "$core/core_abi.h" >"$folder/make.log" 2>&1
why3 config detect >"$folder/why3.log" 2>&1 || :
prove ksm/engine/verify "$(tr -d '\n\t ' <<END
	bytes_equal,sections_verify,header_verify,limits_verify,edges_verify,
	shape_is_valid,program_fits,action_verify,rows_verify,aborts_verify,ksm_verify,
	format_u16,format_u32,format_u64,format_set_cost,format_shape_leases,
	format_shape_handles
END
)" frama.h -wp-rte
prove ksm/engine/verify_program "$(tr -d '\n\t ' <<END
	op_read,field_is_valid,load_verify,
	deny_is_valid,state_op_is_valid,state_op_verify,op_verify,
	reach,program_verify,ksm_programs_verify,set_verify,ksm_sets_verify,format_state_cost
END
)" frama.h -wp-rte
prove ksm/engine/state "$(tr -d '\n\t ' <<END
	format_state_count,format_state_amount,state_verify,ksm_state_verify,format_state_words,
	format_state_cells,format_state_id
END
)" frama.h -wp-rte
# In parts: a decision has many ways, each of which is easy.
prove ksm/engine/decide "$(tr -d '\n\t ' <<END
	ksm_deny,deny_op,ksm_grant,is_asked,shape_fits,ksm_table_decide,entry_at_once,
	ksm_decide,happen,ksm_is_plain,ksm_is_run,ksm_has_method,ksm_lacks_record,ksm_count,
	ksm_count_grant,ksm_count_denial,ksm_lengths_low,ksm_lengths_count
END
)" frama.h -wp-rte -wp-split
prove ksm/engine/edge "$(tr -d '\n\t ' <<END
	lengths_make,entry_init,ksm_lengths,format_shape_low,format_shape_high
END
)" frama.h -wp-rte
# In parts, too: as one, what ksm_program_decide ensures takes more than the 10 s.
prove ksm/engine/program "$(tr -d '\n\t ' <<END
	ksm_text_load,ksm_is_path,ksm_first_not_zero,
	ksm_is_run_at_once,ksm_program_decide,verdict_of,
	fail,bucket_take,counter_move,word_effect,time_tell,sum
END
)" frama.h -wp-rte -wp-split
# An unverified blob never decides: no run-time errors here, only what is called behind what.
prove kernel/image check_policy,check_policies host.h
prove kernel/monitor policies_find,monitor_init,monitor_swap_step host.h
# Counted with their parts, and with the contracts that nothing proves.
left=$(($(cat "$folder"/*.left | wc -l) + $(grep -c '^assumed_' tests/prove/open.txt)))
[ "$left" -le 10 ] || {
	echo "FAIL prove/engine: $left goals are open or assumed, more than 10"
	status=1
}
exit "$status"
