# SPDX-License-Identifier: BSD-2-Clause-Patent
# From programs to the image: archive and digests, blobs, image.

archived := $(filter-out init,$(deployment.programs))
archive := $(out.deployment)/archive.bin
digests := $(out.deployment)/programs.sha256
policy := $(out.deployment)/policy.blob
system := $(out.deployment)/system.blob
names := $(out.deployment)/names.txt
notices := $(out.deployment)/NOTICES.txt

# Further policies of the same system, each of a file beside product.gate: deployment.policies names
# them, NAME.version says which is newer. The image holds all; each is built beside the others.
# Rules that nobody looked at yet are built only where deployment.draft is yes.
policy.draft := $(if $(filter yes,$(deployment.draft)),--draft)
policies.bin := $(if $(deployment.policies),$(out.deployment)/policies.bin,$(policy))
policies.own := $(patsubst %,$(out.deployment)/%.own,product $(deployment.policies))
policy_also = $(if $(deployment.policies),$(patsubst %,--also %,\
	$(filter-out $(out.deployment)/$(1).own,$(policies.own)))) \
	$(if $($(1).version),--version $($(1).version))

.PHONY: image
image: $(image) $(guest) $(notices)

$(archive) $(digests) &: $(foreach name,$(archived),$($(name).elf)) $(mkimage) \
		$(out.deployment)/flags
	$(quiet)$(mkimage) programs -o $(archive).new --digests $(digests).new \
		$(foreach name,$(archived),$(name)=$($(name).elf))
	@mv $(archive).new $(archive) && mv $(digests).new $(digests)

$(policy) $(system) $(names) &: $(product) $(if $(deployment.policies),$(policies.own)) \
		$(stubs.gen)/.stamp $(digests) $(gate) $(out.deployment)/flags
	$(call note,policy,$(policy))
	$(quiet)$(gate) build $(product) $(gate.roots) $(policy.draft) --board $(board) \
		--digests $(digests) \
		--policy $(policy) --system $(system) --names $(names) $(call policy_also,product)

$(out.deployment)/%.own: $(deployment.dir)/%.gate $(stubs.gen)/.stamp $(digests) $(gate)
	$(quiet)$(gate) build $< $(gate.roots) $(policy.draft) --board $(board) \
		--digests $(digests) --policy $@ \
		2>$@.log || { cat $@.log >&2; exit 1; }

$(out.deployment)/%.policy: $(deployment.dir)/%.gate $(policies.own)
	$(call note,policy,$@)
	$(quiet)$(gate) build $< $(gate.roots) $(policy.draft) --board $(board) \
		--digests $(digests) --policy $@ \
		$(call policy_also,$*)

ifneq ($(deployment.policies),)
$(policies.bin): $(policy) $(deployment.policies:%=$(out.deployment)/%.policy)
	$(quiet)cat $^ >$@
endif

$(image): $(kernel.out)/kernel.bin $(kernel.out)/kernel.elf $(policies.bin) $(system) $(archive) \
		$(init.elf) $(mkimage)
	$(call note,image,$@)
	$(quiet)$(mkimage) image -o $@.new --kernel $(kernel.out)/kernel.bin \
		--kernel-elf $(kernel.out)/kernel.elf --policy $(policies.bin) --system $(system) \
		--archive $(archive) --init $(init.elf)
	@mv $@.new $@

# Whose what the image is made of: archives, and folders of objects. What stands in no place of
# these must have a source that names its licence. Files of rom have that of a deployment.
sbom.table := $(foreach name,gatehouse ksm,$(lib)/lib$(name).a==BSD-2-Clause-Patent) \
	$(lib)/newlib/lib/=newlib libgcc.a=libgcc $(lib)/libmbedtls.a=mbedtls \
	$(kernel.out)/mbedtls/=mbedtls \
	$(if $(deployment.rom),$(programs.out)/rom/files.o==$(or $(rom.licence),0BSD)) \
	$(foreach port,$(ports.used),$($(port).port.archive)=$(port))
sbom.maps := $(kernel.out)/kernel.map $(foreach name,$(deployment.programs),\
	$(patsubst %.elf,%.map,$($(name).elf)))
$(notices): $(image) tools/ports/sbom.sh tools/ports/linked.awk $(wildcard tools/ports/*/recipe)
	$(quiet)CC=$(target.cc) tools/ports/sbom.sh $(image) "$(sbom.table)" $(sbom.maps)
