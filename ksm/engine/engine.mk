# SPDX-License-Identifier: BSD-2-Clause-Patent
# The engine: for the kernel, for gate, and for any other host.
engine.src := ksm/engine/verify.c ksm/engine/verify_program.c ksm/engine/edge.c ksm/engine/decide.c
engine.src += ksm/engine/program.c ksm/engine/state.c ksm/engine/swap.c ksm/engine/text.c
# For a host with a fast path, besides plain.h.
engine.fast := ksm/engine/range.c
# What each decision passes: a host may want it compiled for speed.
engine.hot := ksm/engine/decide ksm/engine/program
# The library that `make ksm-lib` writes: MAJOR changes with a call, MINOR with what is added.
engine.version := 3.0.0

