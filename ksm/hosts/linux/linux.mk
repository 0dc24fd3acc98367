# SPDX-License-Identifier: BSD-2-Clause-Patent
# The broker, and what a component is linked with to speak through it.
broker.src := ksm/hosts/system.c
broker.src += $(addprefix ksm/hosts/linux/,identity.c peer.c judge.c journal.c share.c)
broker.src += $(addprefix ksm/hosts/linux/,call.c reply.c object.c trial.c control.c broker.c)
broker.src += $(addprefix servers/audit/,describe.c explain.c text.c) tools/host/sha256.c

# A program of Gatehouse as a process of Linux: see ksm/hosts/linux/README.md.
component.src := ksm/hosts/linux/component.c libc-glue/server.c
rig.src := $(addprefix tests/hosts/rig/,main.c receiver.c sender.c share.c hostile.c)
