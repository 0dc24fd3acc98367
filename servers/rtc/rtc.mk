# SPDX-License-Identifier: BSD-2-Clause-Patent
# The files of the calendar.
rtc.dir := servers/rtc
rtc.src := main.c pl031.c
rtc.libc := yes
