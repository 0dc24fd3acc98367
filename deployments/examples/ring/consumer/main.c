/* SPDX-License-Identifier: 0BSD */
/* The consumer: owns the memory, empties the ring when it is woken, answers calls meanwhile. */
#include "../shared.h"
#include "abi/process.h"
#include "gatehouse/ring_port.h"
#include "gatehouse/server.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"
#include "process_consumer.h"

#define WINDOW PROCESS_DEVICES /* where it sees its two frames */
#define BATCH  (RING_RECORDS / 2)

static struct ring ring;
static uint32_t frames[2]; /* records, index; 0: not open */
static uint32_t records;
static uint32_t sum;

static uint32_t
frame_make(uint64_t vaddr, uint32_t *handle)
{
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, 1, LABEL_NONE, KIND_FRAME, handle);

	return status == E_OK ? frame_map(*handle, vaddr, RIGHT_READ | RIGHT_WRITE) : status;
}

static uint32_t
ring_make(void)
{
	struct sample_frame *shared = (struct sample_frame *)(uintptr_t)WINDOW;
	struct ring_side *own = (struct ring_side *)(uintptr_t)(WINDOW + PAGE_BYTES);
	uint32_t status = frame_make(WINDOW, &frames[0]);

	if (status == E_OK) {
		status = frame_make(WINDOW + PAGE_BYTES, &frames[1]);
	}
	if (status == E_OK && !ring_consumer(&ring, own, &shared->side, shared->samples,
				      sizeof(struct sample), RING_RECORDS)) {
		status = E_ARGUMENT;
	}
	return status;
}

/* Until it is empty and the producer knows that half a ring is worth a signal. */
static void
ring_empty(void)
{
	enum ring_status status = RING_OK;
	struct sample sample;
	bool wake;

	while (status == RING_OK) {
		while ((status = ring_take(&ring, &sample, &wake)) == RING_OK) {
			records++;
			sum += sample.value;
			if (wake) {
				(void)sys_signal(CONSUMER_BELL);
			}
		}
		if (status == RING_WAIT) {
			status = ring_want(&ring, BATCH);
		}
	}
}

static uint32_t
stream_give(void *context, const struct caller *caller, uint32_t *out_records, uint32_t *out_index)
{
	uint32_t status = E_OK;

	(void)context;
	(void)caller;
	if (frames[0] == 0) {
		status = ring_make();
		ring_empty();
	}
	*out_records = frames[0];
	*out_index = frames[1];
	return status;
}

static uint32_t
stream_tell(void *context, const struct caller *caller, uint32_t *out_records, uint32_t *out_sum)
{
	(void)context;
	(void)caller;
	ring_empty(); /* less than a batch does not wake it */
	*out_records = records;
	*out_sum = sum;
	return E_OK;
}

static void
notified(uint32_t bits)
{
	(void)bits;
	if (frames[0] != 0) {
		ring_empty();
	}
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct stream_server stream = {.open = stream_give, .heard = stream_tell};

	return consumer_serve(caller, message, &stream);
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = notified};

	server_run(&server);
}
