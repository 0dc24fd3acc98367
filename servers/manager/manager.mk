# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the manager.
manager.dir := servers/manager
manager.src := main.c programs.c
manager.libc := yes

# Its interface to programs, for the C library, which is built before any deployment's stubs are.
manager.gen := $(out.board)/gen/manager
$(manager.gen)/.stamp: servers/manager/manager.gate servers/init/init.gate $(gate) \
		tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $< -I . -o $(@D).new
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	@touch $@
