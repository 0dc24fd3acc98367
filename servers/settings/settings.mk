# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the settings' driver.
settings.dir := servers/settings
settings.src := main.c fwcfg.c
settings.libc := yes
