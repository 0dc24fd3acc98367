# SPDX-License-Identifier: 0BSD
# The programs that count instructions.
deployment.programs := init uart console echo float relay sink pong meter

echo.dir := $(deployment.dir)/echo
echo.src := main.c $(arch).S
echo.libc := yes

float.dir := $(deployment.dir)/float
float.src := main.c $(arch).S
float.libc := yes

relay.dir := $(deployment.dir)/relay
relay.src := main.c $(arch).S
relay.libc := yes

sink.dir := $(deployment.dir)/sink
sink.src := main.c
sink.libc := yes

pong.dir := $(deployment.dir)/pong
pong.src := main.c $(arch).S
pong.libc := yes

meter.dir := $(deployment.dir)/meter
meter.src := main.c figure.c $(arch).S
meter.libc := yes
