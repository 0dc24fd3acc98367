# SPDX-License-Identifier: BSD-2-Clause-Patent
# The smallest system that says something and keeps a journal.
deployment.programs := init uart console audit hello

hello.dir := tests/bench/least/hello
hello.src := main.c
hello.libc := yes
