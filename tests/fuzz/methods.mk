# SPDX-License-Identifier: 0BSD
# The table of methods that generate.c includes, from the numbers of kernel/core.gate.
fuzz.methods := $(out.deployment)/fuzz_methods.def

$(fuzz.methods): tests/fuzz/methods.awk $(core.gen)/.stamp
	@mkdir -p $(@D)
	$(quiet)awk -f tests/fuzz/methods.awk $(core.gen)/core_abi.h >$@

$(foreach name,$(deployment.programs),$(out.deployment)/programs/$(name)/fuzz/generate.o): \
	$(fuzz.methods)
