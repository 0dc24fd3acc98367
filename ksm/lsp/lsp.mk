# SPDX-License-Identifier: BSD-2-Clause-Patent
# lsp.mk: the sources of `gate lsp`, in reading order.
gate.src += ksm/gate/verb_lsp.c
gate.src += ksm/lsp/node.c ksm/lsp/text.c ksm/lsp/uri.c ksm/lsp/packet.c
gate.src += ksm/lsp/server.c ksm/lsp/life.c ksm/lsp/job.c ksm/lsp/document.c ksm/lsp/sync.c
gate.src += ksm/lsp/analysis.c ksm/lsp/findings.c ksm/lsp/format.c
gate.src += ksm/lsp/refs.c ksm/lsp/refs_who.c ksm/lsp/refs_expr.c ksm/lsp/refs_member.c
gate.src += ksm/lsp/refs_process.c
gate.src += ksm/lsp/folder.c
gate.src += ksm/lsp/find.c ksm/lsp/hover.c
gate.src += ksm/lsp/offer.c ksm/lsp/offer_who.c ksm/lsp/offer_unit.c ksm/lsp/item.c
gate.src += ksm/lsp/complete.c
