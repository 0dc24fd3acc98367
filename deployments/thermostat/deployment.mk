# SPDX-License-Identifier: 0BSD
# The programs of this deployment: servers of the tree, and its own.
deployment.programs := init uart console audit trace manager sensor valve controller intruder shell

sensor.dir := $(deployment.dir)/sensor
sensor.src := main.c
sensor.libc := yes

valve.dir := $(deployment.dir)/valve
valve.src := main.c
valve.libc := yes

controller.dir := $(deployment.dir)/controller
controller.src := main.c
controller.libc := yes

intruder.dir := $(deployment.dir)/intruder
intruder.src := main.c
intruder.libc := yes

shell.dir := $(deployment.dir)/shell
shell.src := main.c commands.c manage.c policies.c trace.c
shell.libc := yes
