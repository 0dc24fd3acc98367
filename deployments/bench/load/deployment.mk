# SPDX-License-Identifier: 0BSD
# The programs of what needs company to be measured: apart, since the memory that the kernel keeps
# grows with them.
deployment.programs := init uart console audit turns rival flood meter

turns.dir := $(deployment.dir)/turns
turns.src := main.c $(arch).S
turns.libc := yes

rival.dir := $(deployment.dir)/rival
rival.src := main.c $(arch).S
rival.libc := yes

meter.dir := deployments/bench
meter.src := load/meter/main.c meter/figure.c meter/$(arch).S
meter.libc := yes

flood.dir := deployments/bench
flood.src := load/flood/main.c
flood.libc := yes
