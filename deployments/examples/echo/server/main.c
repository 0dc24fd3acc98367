/* SPDX-License-Identifier: 0BSD */
/* The server: one method, which answers with what it was sent. */
#include <string.h>

#include "gatehouse/server.h"
#include "process_server.h"

static uint32_t
say(void *context, const struct caller *caller, const void *words, uint32_t words_bytes,
	void *out_words, uint32_t out_words_capacity, uint32_t *out_words_bytes)
{
	(void)context;
	(void)caller;
	if (words_bytes == 0) {
		return ECHO_ERROR_EMPTY;
	}
	/* The interface bounds both by the same number. */
	*out_words_bytes = words_bytes < out_words_capacity ? words_bytes : out_words_capacity;
	memcpy(out_words, words, *out_words_bytes);
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct echo_server echo = {.say = say};

	return server_serve(caller, message, &echo);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
