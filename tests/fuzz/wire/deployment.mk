# SPDX-License-Identifier: 0BSD
# The programs of the thermostat but its shell, with a fuzzer and its liar. Copied beside the
# derived product.gate by tests/fuzz/wire/run.sh.
wire.dir := $(deployment.dir)
deployment.dir := deployments/thermostat
include deployments/thermostat/deployment.mk
deployment.dir := $(wire.dir)
deployment.programs := $(filter-out shell,$(deployment.programs)) liar sleeper fuzzer

liar.dir := tests
liar.src := fuzz/wire/liar.c fuzz/wire/wire.c
liar.libc := yes

sleeper.dir := tests
sleeper.src := fuzz/wire/sleeper.c
sleeper.libc := yes

fuzzer.dir := tests
fuzzer.src := fuzz/wire/fuzzer.c fuzz/wire/wire.c target/records.c
fuzzer.libc := yes

fuzz.table := $(out.deployment)/wire_table.def

$(fuzz.table): tests/fuzz/wire/table.awk $(product) $(gate)
	@mkdir -p $(@D)
	$(quiet)$(gate) check --dump=l1 $(product) $(gate.roots) --board $(board) 2>/dev/null | \
		awk -f tests/fuzz/wire/table.awk >$@

$(foreach name,liar fuzzer,$(out.deployment)/programs/$(name)/fuzz/wire/wire.o): $(fuzz.table)
