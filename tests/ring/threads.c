/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The ring between two threads of this machine, for its speed and for ThreadSanitizer. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "gatehouse/ring_port.h"
#include "gatehouse/syscall.h"

#define COUNT        8u
#define RECORD_WORDS 6u

struct bell {
	pthread_mutex_t lock;
	pthread_cond_t rings;
	uint32_t bits;
};

static struct bell bells[2] = {{PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0},
	{PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0}};
static struct ring_side sides[2];
static uint32_t records[COUNT * RECORD_WORDS];
static struct ring_port ports[2] = {{.bell = 1, .notification = 0}, {.bell = 0, .notification = 1}};
static uint32_t total;
static unsigned bad;

uint32_t
sys_signal(uint32_t handle)
{
	(void)pthread_mutex_lock(&bells[handle].lock);
	bells[handle].bits |= 1;
	(void)pthread_cond_signal(&bells[handle].rings);
	(void)pthread_mutex_unlock(&bells[handle].lock);
	return E_OK;
}

uint32_t
sys_wait(uint32_t handle, uint32_t *bits)
{
	(void)pthread_mutex_lock(&bells[handle].lock);
	while (bells[handle].bits == 0) {
		(void)pthread_cond_wait(&bells[handle].rings, &bells[handle].lock);
	}
	*bits = bells[handle].bits;
	bells[handle].bits = 0;
	(void)pthread_mutex_unlock(&bells[handle].lock);
	return E_OK;
}

uint32_t
sys_deadline(uint64_t deadline_ns)
{
	(void)deadline_ns;
	return E_OK;
}

static void *
produce(void *argument)
{
	uint32_t record[RECORD_WORDS];

	for (uint32_t i = 0; i < total; i++) {
		for (uint32_t k = 0; k < RECORD_WORDS; k++) {
			record[k] = i * (k + 1);
		}
		(void)ring_port_put(&ports[0], record, 0);
	}
	return argument;
}

static void
consume(void)
{
	uint32_t record[RECORD_WORDS] = {0};

	for (uint32_t i = 0; i < total; i++) {
		bad += ring_port_take(&ports[1], record, 0) != RING_OK;
		for (uint32_t k = 0; k < RECORD_WORDS; k++) {
			bad += record[k] != i * (k + 1);
		}
	}
}

int
main(int argc, char **argv)
{
	pthread_t producer;

	if (argc != 2 ||
		!ring_producer(&ports[0].ring, &sides[0], &sides[1], records,
			RECORD_WORDS * sizeof(records[0]), COUNT) ||
		!ring_consumer(&ports[1].ring, &sides[1], &sides[0], records,
			RECORD_WORDS * sizeof(records[0]), COUNT)) {
		return 2;
	}
	total = (uint32_t)strtoul(argv[1], NULL, 10);
	if (pthread_create(&producer, NULL, produce, NULL) != 0) {
		return 2;
	}
	consume();
	(void)pthread_join(producer, NULL);
	printf("%u records, %u and %u signals, %u wrong\n", total, ports[0].signals,
		ports[1].signals, bad);
	return bad != 0;
}
