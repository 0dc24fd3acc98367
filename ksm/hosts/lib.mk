# SPDX-License-Identifier: BSD-2-Clause-Patent
# The monitor as a library for other systems, in a folder: make ksm-lib.
ksm_lib := $(out)/ksm-lib
ksm_lib.cflags := -std=c99 -O2 -ffile-prefix-map="$(CURDIR)"=. $(warnings)

.PHONY: ksm-lib
ksm-lib: $(ksm_lib)/.made

$(ksm_lib)/.made: tools/ksm_lib.sh $(engine.src) $(names.src) ksm/engine/engine.mk LICENSE \
		$(wildcard ksm/*.h ksm/*/*.h ksm/hosts/linux/*.h kernel/include/abi/*) ksm/ops.def
	$(call note,library,$(ksm_lib))
	$(quiet)sh tools/ksm_lib.sh $(ksm_lib) $(engine.version) $(host.cc) '$(ksm_lib.cflags)' \
		'$(engine.src) $(names.src)'
	@touch $@
