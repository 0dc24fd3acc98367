# SPDX-License-Identifier: 0BSD
# The programs of tests/fuzz/user. Their folder is tests: they share files of tests/target.
deployment.programs := init uart console fuzzer canary judge

fuzzer.dir := tests
fuzzer.src := fuzz/user/fuzzer.c fuzz/generate.c
fuzzer.libc := yes

canary.dir := tests
canary.src := fuzz/user/canary.c target/registers/registers.c target/registers/$(arch).S
canary.libc := yes

judge.dir := tests
judge.src := fuzz/user/judge.c target/records.c
judge.libc := yes

include tests/fuzz/methods.mk
