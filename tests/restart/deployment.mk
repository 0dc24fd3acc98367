# SPDX-License-Identifier: BSD-2-Clause-Patent
# The programs of the campaign.
deployment.programs := init uart console manager field valve sensor mover reader writer killer

$(foreach name,field valve sensor mover reader writer killer,\
	$(eval $(name).dir := $(deployment.dir)/$(name)) $(eval $(name).src := main.c) \
	$(eval $(name).libc := yes))
