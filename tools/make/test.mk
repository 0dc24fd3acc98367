# SPDX-License-Identifier: BSD-2-Clause-Patent
# Unit tests on this machine, with sanitizers. A test names the sources that it tests in a comment:
#     /* test: kernel/untyped.c ksm/engine/decide.c */
# so that adding a test touches no list.

tests.out := $(out)/host/tests
tests.src := $(wildcard tests/host/*.c)
tests.core := $(out)/host/gen/core
# GATEHOUSE_COVERAGE: what tests/coverage counts, without what sanitizers add.
tests.checks := $(if $(GATEHOUSE_COVERAGE),-O0 --coverage,\
	-O1 -fsanitize=address,undefined -fno-sanitize-recover=all)
tests.cflags := $(tests.checks) \
	-fno-omit-frame-pointer $(common.cflags) -D_POSIX_C_SOURCE=200809L
# The library's own <sys/mman.h> and its like must not stand before those of this machine.
tests.includes := $(host.includes) -Itests/host/fake_arch -I$(out)/host -iquote $(tests.core) \
	$(mbedtls.includes) -idirafter libc-glue/include

$(eval $(call stamp_rule,$(tests.out)/flags,$(tests.cflags) $(tests.includes) $(host.version)))

# tests/host/x.c → `needs.x := sources`, for all tests at once.
$(tests.out)/needs.mk: tests/host $(tests.src) tools/make/needs.awk
	@mkdir -p $(@D)
	@awk -f tools/make/needs.awk $(tests.src) >$@

include $(tests.out)/needs.mk

$(tests.core)/.stamp: kernel/core.gate $(gate) tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $< -o $(@D).new
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	@touch $@

$(tests.core)/%.h: $(tests.core)/.stamp
	@:

tests.init := $(out)/host/gen/init
$(tests.init)/.stamp: servers/init/init.gate $(gate) tools/make/sync.sh
	@mkdir -p $(@D)
	$(quiet)rm -rf $(@D).new && $(gate) stubs $< -I . -o $(@D).new
	$(quiet)sh tools/make/sync.sh $(@D).new $(@D)
	@touch $@

$(tests.out)/obj/mbedtls/%.o: $(mbedtls)/.fetched $(tests.out)/flags
	@mkdir -p $(@D)
	$(quiet)$(host.cc) -O1 $(mbedtls.cflags) -c $(mbedtls)/library/$*.c -o $@

# -MD: headers behind -idirafter count as the system's, and -MMD leaves these out.
$(tests.out)/obj/boards/%.o: boards/%.c $(tests.out)/flags
	@mkdir -p $(@D)
	$(quiet)$(host.cc) $(tests.cflags) $(tests.includes) -MD -MP -c $< -o $@.raw
	$(quiet)objcopy --redefine-sym board=$(call board.symbol,$*) \
		--redefine-sym __odr_asan.board=__odr_asan.$(call board.symbol,$*) $@.raw $@

$(tests.out)/obj/%.o: %.c $(tests.out)/flags | $(mbedtls)/.fetched $(tests.core)/.stamp \
		$(tests.init)/.stamp
	@mkdir -p $(@D)
	$(quiet)$(host.cc) $(tests.cflags) $(tests.includes) -MD -MP -c $< -o $@

# The broker and who attacks it, as processes with sanitizers: tests/hosts.
tests.broker := $(tests.out)/ksm-broker
tests.rig := $(tests.out)/rig
broker.checked := $(patsubst %.c,$(tests.out)/obj/%.o,$(broker.src) ksm/hosts/linux/main.c \
	$(engine.src) $(names.src))
$(tests.broker): $(broker.checked) $(tests.out)/obj/mbedtls/sha256.o \
		$(tests.out)/obj/mbedtls/platform_util.o
	$(call note,test,$@)
	$(quiet)$(host.cc) $(tests.cflags) $^ -o $@
# The same with a signal at the worst moment.
tests.late := $(tests.out)/ksm-broker-late
$(tests.late): $(broker.checked) $(tests.out)/obj/tests/hosts/late.o \
		$(tests.out)/obj/mbedtls/sha256.o $(tests.out)/obj/mbedtls/platform_util.o
	$(call note,test,$@)
	$(quiet)$(host.cc) $(tests.cflags) -Wl,--wrap=epoll_wait $^ -o $@
$(tests.rig): $(patsubst %.c,$(tests.out)/obj/%.o,$(rig.src))
	$(call note,test,$@)
	$(quiet)$(host.cc) $(tests.cflags) $^ -o $@
-include $(broker.checked:.o=.d) $(patsubst %.c,$(tests.out)/obj/%.d,$(rig.src))

# Completion at all words of all policies takes minutes: of the very objects of gate, without
# sanitizers (tests/lsp).
tests.complete := $(out)/host/lsp_complete
complete.objects := $(call host.object,tests/host/lsp_complete.c tests/host/support/gate_text.c)
$(tests.complete): $(complete.objects) $(filter-out %/main.o,$(gate.objects)) $(host.boards) \
		$(host.sha256)
	$(call note,test,$@)
	$(quiet)$(host.cc) -g $^ -lcmocka -o $@
-include $(complete.objects:.o=.d)

tests.names := $(sort $(needs))
tests.binaries := $(tests.names:%=$(tests.out)/%)
tests.sha256 := $(tests.out)/obj/mbedtls/sha256.o $(tests.out)/obj/mbedtls/platform_util.o
tests.boards := $(boards:%=$(tests.out)/obj/boards/%.o) $(out)/host/obj/boards_table.o
tests.object = $(patsubst %.c,$(tests.out)/obj/%.o,$(1))

# `gate` in a test's list stands for all of gate but its main.
needs.gate := $(filter-out %/main.c,$(gate.src)) $(engine.src)
# `engine` stands for the engine.
needs.engine := $(engine.src)
# `kernel` stands for the kernel on the fake machine, with a monitor that a test commands; without
# what only boots, and without its memcpy, which is the host's.
# Parts of it stand in tests/check, which looks at all of it at each exit.
checked := $(filter-out syscall.c,$(notdir $(wildcard tests/check/kernel/*.c)))
needs.kernel := $(filter-out $(addprefix kernel/,boot.c image.c memory.c monitor.c digest.c \
	$(checked)),$(kernel.src)) $(addprefix tests/check/kernel/,$(checked)) \
	$(wildcard tests/check/*.c tests/host/fake_arch/*.c) \
	$(addprefix tests/host/support/,kernel_world.c kernel_history.c kernel_pair.c random.c)
needs.expand = $(sort $(foreach word,$(1),$(if $(filter %.c,$(word)),$(word),$(needs.$(word)))))

# $(1): name of the test
define test_rules
$(1).all := $(call tests.object,tests/host/$(1).c $(call needs.expand,$(needs.$(1))))
$(tests.out)/$(1): $$($(1).all) $(tests.sha256) $(if $(filter gate,$(needs.$(1))),$(tests.boards))
	$$(call note,test,$$@)
	$$(quiet)$$(host.cc) $(tests.cflags) $$^ -lcmocka -o $$@
-include $$($(1).all:.o=.d)
endef
$(foreach name,$(tests.names),$(eval $(call test_rules,$(name))))

.PHONY: host-tests
host-tests: $(tests.binaries) $(tests.broker) $(tests.rig) $(tests.complete)
