# SPDX-License-Identifier: BSD-2-Clause-Patent
# init: freestanding, the only program that the kernel starts itself.

init.dir := servers/init
init.src := main.c supervise.c serve.c life.c report.c restart.c instance.c wiring.c \
	program.c layout.c archive.c bundle.c
init.src += memory.c
init.libc := no

# Its interface, whether or not a deployment has a manager that speaks it.
init.gen := $(out.board)/gen/init
$(init.gen)/.stamp: servers/init/init.gate $(gate) tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $< -I . -o $(@D).new
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	@touch $@
