/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Takes what is delivered, dawdles over some of it so that others wait, and counts. */
#include <time.h>

#include "gatehouse/ipc.h"
#include "gatehouse/server.h"
#include "process_receiver.h"

#define DAWDLE_EACH 3u /* requests */
#define DAWDLE_NS   20000

static uint32_t done, denied, other, delivered, unsaid, ended;
static bool is_over;

static uint32_t
take(void *context, const struct caller *caller, uint32_t number)
{
	const struct timespec pause = {.tv_nsec = DAWDLE_NS};

	(void)context;
	(void)caller;
	(void)number;
	if (++delivered % DAWDLE_EACH == 0) {
		nanosleep(&pause, NULL);
	}
	return E_OK;
}

static uint32_t
take_plain(void *context, const struct caller *caller, uint32_t number)
{
	(void)context;
	(void)caller;
	(void)number;
	delivered++;
	return E_OK;
}

static uint32_t
go(void *context, const struct caller *caller, bool *out_on)
{
	(void)context;
	(void)caller;
	*out_on = !is_over;
	return E_OK;
}

static uint32_t
end(void *context, const struct caller *caller, uint32_t its_done, uint32_t its_denied,
	uint32_t its_other)
{
	(void)context;
	(void)caller;
	done += its_done;
	denied += its_denied;
	other += its_other;
	ended++;
	return E_OK;
}

static uint32_t
stop(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	is_over = true;
	return E_OK;
}

static uint32_t
sum(void *context, const struct caller *caller, uint32_t *out_done, uint32_t *out_denied,
	uint32_t *out_other, uint32_t *out_delivered, uint32_t *out_unsaid, uint32_t *out_ended)
{
	(void)context;
	(void)caller;
	*out_done = done;
	*out_denied = denied;
	*out_other = other;
	*out_delivered = delivered;
	*out_unsaid = unsaid;
	*out_ended = ended;
	return E_OK;
}

int
main(void)
{
	static const struct count_server count = {.go = go, .end = end, .stop = stop, .sum = sum};
	static const struct load_server load = {.even = take, .odd = take};
	static const struct plain_server plain = {.say = take_plain};
	static struct message message;
	struct received received;

	ipc_recv(HANDLE_ENDPOINT, &message, &received);
	for (;;) {
		if (received.kind != RECEIVED_MESSAGE) {
			unsaid += received.status == E_DENIED;
			ipc_recv(HANDLE_ENDPOINT, &message, &received);
			continue;
		}
		(void)receiver_serve(&received.caller, &message, &count, &load, &plain);
		ipc_reply_recv(HANDLE_ENDPOINT, &message, &received);
	}
}
