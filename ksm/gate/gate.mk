# SPDX-License-Identifier: BSD-2-Clause-Patent
# gate.mk: the sources of gate, stage by stage.
gate.src := ksm/gate/arena.c ksm/gate/intern.c ksm/gate/index.c ksm/gate/buffer.c ksm/gate/compile.c
gate.src += ksm/gate/source.c ksm/gate/diag.c ksm/gate/diag_print.c ksm/gate/suggest.c
gate.src += ksm/gate/token.c ksm/gate/utf8.c ksm/gate/lex_number.c ksm/gate/lex.c
gate.src += ksm/gate/ast.c ksm/gate/parser.c ksm/gate/parse.c ksm/gate/parse_name.c
gate.src += ksm/gate/parse_type.c ksm/gate/parse_expr.c ksm/gate/parse_event.c
gate.src += ksm/gate/parse_rule.c ksm/gate/parse_claim.c ksm/gate/parse_decl.c
gate.src += ksm/gate/parse_object.c ksm/gate/parse_interface.c ksm/gate/parse_process.c
gate.src += ksm/gate/parse_restart.c
gate.src += ksm/gate/ast_dump.c ksm/gate/ast_dump_expr.c ksm/gate/ast_dump_rule.c ksm/gate/fmt.c
gate.src += ksm/gate/fmt_line.c
gate.src += ksm/gate/main.c ksm/gate/verbs.c ksm/gate/args.c ksm/gate/verb_fmt.c
gate.src += ksm/gate/evolve_message.c ksm/gate/evolve.c ksm/gate/verb_check.c
# From L1 to bytes and C.
gate.src += ksm/gate/wire.c ksm/gate/emit_pool.c ksm/gate/emit_code.c ksm/gate/emit_row.c
gate.src += ksm/gate/emit_cost.c ksm/gate/emit_state.c ksm/gate/emit_names.c
gate.src += ksm/gate/emit_edges.c ksm/gate/emit_blob.c ksm/gate/emit.c
gate.src += ksm/names/open.c ksm/names/names.c
gate.src += ksm/gate/c_text.c ksm/gate/slots.c ksm/gate/stubs_params.c ksm/gate/stubs_wire.c
gate.src += ksm/gate/stubs_core.c ksm/gate/stubs_client.c ksm/gate/stubs_server.c
gate.src += ksm/gate/stubs_interface.c ksm/gate/stubs_process.c ksm/gate/stubs.c
# The middle: names, types, systems, rules; L1 and what is proved of it.
gate.src += ksm/gate/vector.c ksm/gate/boards.c ksm/gate/unit.c ksm/gate/scope.c ksm/gate/types.c
gate.src += ksm/gate/value.c ksm/gate/layout.c ksm/gate/carry.c ksm/gate/digest.c ksm/gate/digests.c
gate.src += ksm/gate/refuse.c ksm/gate/budget.c ksm/gate/sema_interface.c ksm/gate/sema_process.c
gate.src += ksm/gate/attribute.c ksm/gate/device.c ksm/gate/sema_system.c ksm/gate/sema_wire.c
gate.src += ksm/gate/restart.c ksm/gate/lower_instance.c ksm/gate/who.c ksm/gate/who_endpoint.c
gate.src += ksm/gate/method.c ksm/gate/sema_object.c ksm/gate/object.c ksm/gate/expr_state.c
gate.src += ksm/gate/lower_effect.c ksm/gate/resource.c ksm/gate/link.c
gate.src += ksm/gate/limit.c ksm/gate/object_cell.c ksm/gate/object_id.c ksm/gate/others.c
gate.src += ksm/gate/operand.c ksm/gate/expr.c ksm/gate/condition.c ksm/gate/condition_text.c
gate.src += ksm/gate/tail.c ksm/gate/expr_text.c ksm/gate/expr_sum.c
gate.src += ksm/gate/lower_event.c ksm/gate/lower_rule.c ksm/gate/template.c
gate.src += ksm/gate/expr_tuple.c
gate.src += ksm/gate/rule_text.c
gate.src += ksm/gate/grid_sum.c
gate.src += ksm/gate/generated.c ksm/gate/generated_cell.c ksm/gate/lower.c ksm/gate/l1_interface.c
gate.src += ksm/gate/grid.c ksm/gate/witness.c
gate.src += ksm/gate/check_rule.c ksm/gate/check_wire.c ksm/gate/claim.c ksm/gate/level.c
gate.src += ksm/gate/flow.c ksm/gate/flow_claim.c ksm/gate/sema.c
gate.src += ksm/gate/dump_l1.c ksm/gate/normal.c ksm/gate/l1_effect.c
gate.src += ksm/gate/l1_shape.c ksm/gate/l1_eval.c
gate.src += ksm/gate/blob.c ksm/gate/blob_tests.c ksm/gate/payload.c
gate.src += ksm/gate/validate_state.c ksm/gate/validate_edge.c ksm/gate/validate_message.c
gate.src += ksm/gate/validate_row.c
gate.src += ksm/gate/validate_known.c ksm/gate/validate_shape.c ksm/gate/validate.c
gate.src += ksm/gate/memory.c
gate.src += ksm/gate/step.c ksm/gate/explain.c ksm/gate/policy.c ksm/gate/verb_build.c
gate.src += ksm/gate/test_check.c ksm/gate/test_hold.c ksm/gate/test_run.c
gate.src += ksm/gate/message_words.c ksm/gate/change.c ksm/gate/least.c ksm/gate/least_text.c
gate.src += ksm/gate/mutate.c ksm/gate/mutate_who.c ksm/gate/verb_mutate.c
gate.src += ksm/gate/draft.c ksm/gate/verb_suggest.c
gate.src += ksm/gate/verb_test.c ksm/gate/verb_why.c
gate.src += ksm/gate/record_read.c ksm/gate/record_ask.c
gate.src += $(addprefix servers/audit/,describe.c explain.c text.c)
gate.src += ksm/gate/cover.c ksm/gate/cover_print.c ksm/gate/verb_cover.c
gate.src += ksm/gate/options.c ksm/gate/output.c ksm/gate/verb_stubs.c tools/host/sha256.c
gate.src += ksm/gate/system_memory.c ksm/gate/emit_system.c
gate.src += ksm/gate/dump_blob.c
# Two policies side by side.
gate.src += ksm/gate/diff_map.c ksm/gate/diff_same.c ksm/gate/diff_axis.c ksm/gate/diff_point.c
gate.src += ksm/gate/diff.c ksm/gate/diff_print.c ksm/gate/diff_object.c ksm/gate/diff_system.c
gate.src += ksm/gate/verb_diff.c
# Questions to one policy.
gate.src += ksm/gate/flow_reach.c ksm/gate/query.c ksm/gate/claim_words.c ksm/gate/verb_query.c
gate.src += ksm/gate/verb_prove.c ksm/gate/doc_out.c ksm/gate/doc.c ksm/gate/verb_doc.c
gate.src += ksm/gate/graph.c ksm/gate/graph_place.c ksm/gate/graph_svg.c ksm/gate/verb_graph.c
