# SPDX-License-Identifier: BSD-2-Clause-Patent
# The three services of files: what they share, and what each adds.
files.service := service.c open.c path.c

ram.dir := servers/files
ram.src := ram/main.c ram/tree.c ram/blocks.c $(files.service)
ram.libc := yes

rom.dir := servers/files
rom.src := rom/main.c rom/archive.c $(files.service)
rom.libc := yes
# The files themselves: the folder that deployment.rom names (tools/make/user.mk).
rom.made = $(programs.out)/rom/files.o

dev.dir := servers/files
dev.src := dev/main.c $(files.service)
dev.libc := yes

# Both interfaces, for the C library, which is built before any deployment's stubs are.
files.gen := $(out.board)/gen/files
$(files.gen)/.stamp: servers/files/files.gate $(gate) tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $< -I . -o $(@D).new
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	@touch $@
