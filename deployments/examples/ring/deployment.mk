# SPDX-License-Identifier: 0BSD
# A producer and a consumer with a ring of shared memory between them.
deployment.programs := init uart console producer consumer

producer.dir := $(deployment.dir)/producer
producer.src := main.c
producer.libc := yes

consumer.dir := $(deployment.dir)/consumer
consumer.src := main.c
consumer.libc := yes
