# SPDX-License-Identifier: BSD-2-Clause-Patent
# The demonstration with another init: a main of its own, rogue.main, which includes init's.
include deployments/thermostat/deployment.mk

init.dir := .
init.src := $(rogue.main) $(addprefix servers/init/,$(filter-out main.c,$(init.src)))
$(foreach name,sensor valve controller intruder shell,\
	$(eval $(name).dir := deployments/thermostat/$(name)))
