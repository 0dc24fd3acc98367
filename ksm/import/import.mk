# SPDX-License-Identifier: BSD-2-Clause-Patent
# import.mk: the sources of `gate import`, in reading order.
gate.src += ksm/gate/verb_import.c
gate.src += ksm/import/reader.c ksm/import/spec.c ksm/import/idl_const.c ksm/import/idl.c
gate.src += ksm/import/psl.c ksm/import/psl_body.c ksm/import/psl_expr.c ksm/import/pal.c
gate.src += ksm/import/template.c ksm/import/project_main.c ksm/import/project.c
gate.src += ksm/import/world.c ksm/import/world_field.c
gate.src += ksm/import/cond.c ksm/import/model.c ksm/import/mic.c
gate.src += ksm/import/map_range.c ksm/import/map.c
gate.src += ksm/import/expr_value.c ksm/import/expr_call.c
gate.src += ksm/import/expr_math.c ksm/import/form.c ksm/import/bits.c
gate.src += ksm/import/pattern.c ksm/import/regex.c ksm/import/texts.c
gate.src += ksm/import/match.c ksm/import/judge.c ksm/import/set.c ksm/import/map_rule.c
gate.src += ksm/import/start.c ksm/import/cells.c ksm/import/say.c
gate.src += ksm/import/xml.c ksm/import/dbus.c ksm/import/json.c ksm/import/seccomp.c
gate.src += ksm/import/names.c ksm/import/naming.c
gate.src += ksm/import/print_type.c ksm/import/print_test.c ksm/import/print_names.c
gate.src += ksm/import/print.c ksm/import/proof.c ksm/import/report.c
