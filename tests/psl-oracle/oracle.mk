# SPDX-License-Identifier: BSD-2-Clause-Patent
# oracle.mk: the second opinion on imported policies, and three importers that are wrong.
oracle := $(out)/host/psl-oracle
oracle.src := $(addprefix tests/psl-oracle/,words.c world.c value.c)
oracle.src += $(addprefix tests/psl-oracle/,mic.c map.c run.c choice.c events.c main.c)
oracle.faults.src := tests/psl-oracle/faults/grant.c tests/psl-oracle/faults/deny.c \
	tests/psl-oracle/faults/match.c
oracle.faults := $(basename $(notdir $(oracle.faults.src)))
oracle.wrap.grant := judge_event
oracle.wrap.deny := judge_event
oracle.wrap.match := match_item

$(oracle): $(call tests.object,$(oracle.src))
	$(call note,test,$@)
	$(quiet)$(host.cc) $(tests.cflags) $^ -o $@

# gate as it is shipped, but for one function of the importer.
$(oracle.faults:%=$(out)/host/gate-%): $(out)/host/gate-%: \
		$(out)/host/obj/tests/psl-oracle/faults/%.o $(gate.objects) $(host.boards) \
		$(host.sha256)
	$(call note,test,$@)
	$(quiet)$(host.cc) $(host.cflags) -Wl,--wrap=$(oracle.wrap.$*) $^ -o $@

host-tests: $(oracle) $(oracle.faults:%=$(out)/host/gate-%)
-include $(oracle.src:%.c=$(tests.out)/obj/%.d)
