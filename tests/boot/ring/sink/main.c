/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A server that is sent records through rings: it empties them when it is signalled, and serves
 * calls meanwhile. */
#include "../ring_test.h"
#include "abi/process.h"
#include "gatehouse/ring_port.h"
#include "gatehouse/server.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"
#include "process_sink.h"

#define RINGS  2u
#define USABLE (RIGHT_READ | RIGHT_WRITE)
#define WINDOW PROCESS_DEVICES

static struct stream {
	struct ring_port port;
	uint32_t frames[2]; /* records, index */
	uint32_t records;
	uint32_t wrong;
	uint8_t batch;
	bool is_open;
	bool is_broken;
} streams[RINGS] = {{.port.bell = SINK_SOURCE}, {.port.bell = SINK_LIAR}};

static uint32_t
frame_make(uint64_t vaddr, uint32_t pages, uint32_t *handle)
{
	uint32_t status = untyped_retype(HANDLE_ACCOUNT, pages, LABEL_NONE, KIND_FRAME, handle);

	return status == E_OK ? frame_map(*handle, vaddr, USABLE) : status;
}

static uint32_t
stream_make(struct stream *stream, uint64_t vaddr)
{
	struct ring_frame *shared = (struct ring_frame *)(uintptr_t)vaddr;
	uint64_t index = vaddr + RING_PAGES * PAGE_BYTES;
	uint32_t status = frame_make(vaddr, RING_PAGES, &stream->frames[0]);

	if (status == E_OK) {
		status = frame_make(index, 1, &stream->frames[1]);
	}
	if (status == E_OK) {
		stream->is_open = ring_consumer(&stream->port.ring,
			(struct ring_side *)(uintptr_t)index, &shared->side, shared->records,
			sizeof(struct ring_record), RING_RECORDS);
	}
	return status;
}

/* What came is checked in the copy. */
static void
stream_empty(struct stream *stream)
{
	struct ring_record record;
	enum ring_status status = RING_OK;
	bool wake;

	while (status == RING_OK) {
		while ((status = ring_take(&stream->port.ring, &record, &wake)) == RING_OK) {
			stream->wrong +=
				record.number != stream->records || record.sum != ring_sum(&record);
			stream->records++;
			if (wake) {
				stream->port.signals++;
				(void)sys_signal(stream->port.bell);
			}
		}
		if (status == RING_WAIT) {
			status = ring_want(&stream->port.ring, stream->batch);
		}
	}
	stream->is_broken = status == RING_BROKEN;
}

static uint32_t
open_stream(void *context, const struct caller *caller, uint8_t who, uint8_t batch,
	uint32_t *out_records, uint32_t *out_index)
{
	uint32_t status = E_OK;

	(void)context;
	(void)caller;
	if (!streams[who].is_open) {
		status = stream_make(&streams[who], WINDOW + who * UINT64_C(0x100000));
		streams[who].batch = batch;
		stream_empty(&streams[who]);
	}
	*out_records = streams[who].frames[0];
	*out_index = streams[who].frames[1];
	return status;
}

static uint32_t
heard(void *context, const struct caller *caller, uint8_t who, uint32_t *out_records,
	uint32_t *out_wrong, uint32_t *out_signals, bool *out_broken)
{
	(void)context;
	(void)caller;
	*out_records = streams[who].records;
	*out_wrong = streams[who].wrong;
	*out_signals = streams[who].port.signals;
	*out_broken = streams[who].is_broken;
	return E_OK;
}

static void
notified(uint32_t bits)
{
	(void)bits;
	for (uint32_t i = 0; i < RINGS; i++) {
		if (streams[i].is_open) {
			stream_empty(&streams[i]);
		}
	}
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct stream_server stream = {.open = open_stream, .heard = heard};

	return sink_serve(caller, message, &stream);
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = notified};

	server_run(&server);
}
