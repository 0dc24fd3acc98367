# SPDX-License-Identifier: BSD-2-Clause-Patent
# From programs to the image: archive and digests, blobs, image.

archived := $(filter-out init,$(deployment.programs))
archive := $(out.deployment)/archive.bin
digests := $(out.deployment)/programs.sha256
policy := $(out.deployment)/policy.blob
system := $(out.deployment)/system.blob
names := $(out.deployment)/names.txt

.PHONY: image
image: $(image) $(guest)

$(archive) $(digests) &: $(foreach name,$(archived),$($(name).elf)) $(mkimage) \
		$(out.deployment)/flags
	$(quiet)$(mkimage) programs -o $(archive).new --digests $(digests).new \
		$(foreach name,$(archived),$(name)=$($(name).elf))
	@mv $(archive).new $(archive) && mv $(digests).new $(digests)

$(policy) $(system) $(names) &: $(product) $(stubs.gen)/.stamp $(digests) $(gate) \
		$(out.deployment)/flags
	$(call note,policy,$(policy))
	$(quiet)$(gate) build $(product) $(gate.roots) --board $(board) --digests $(digests) \
		--policy $(policy) --system $(system) --names $(names)

$(image): $(kernel.out)/kernel.bin $(kernel.out)/kernel.elf $(policy) $(system) $(archive) \
		$(init.elf) $(mkimage)
	$(call note,image,$@)
	$(quiet)$(mkimage) image -o $@.new --kernel $(kernel.out)/kernel.bin \
		--kernel-elf $(kernel.out)/kernel.elf --policy $(policy) --system $(system) \
		--archive $(archive) --init $(init.elf)
	@mv $@.new $@
