/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Fields that may be left out, and what else stands in messages besides numbers and bytes. */
#include <assert.h>
#include <string.h>

#include "gen/process_client.h"
#include "tests/stubs/loopback.h"

static struct {
	uint8_t a;
	enum data_pace pace;
	int64_t c;
	bool d;
} late;

static uint32_t
serve_late(void *context, const struct caller *caller, uint8_t a, bool d, enum data_pace pace,
	int64_t c, uint8_t *out_x, int8_t *out_z, uint32_t *out_y)
{
	(void)context;
	(void)caller;
	late.a = a;
	late.pace = pace;
	late.c = c;
	late.d = d;
	*out_x = 1;
	*out_y = 2;
	*out_z = 3;
	return E_OK;
}

const struct data_server data_server = {.late = serve_late};

static void
test_late(void)
{
	uint8_t x;
	uint32_t y;
	int8_t z;

	assert(data_late(CLIENT_DATA, 9, false, DATA_PACE_SLOW, 7, &x, &z, &y) == E_OK);
	assert(late.a == 9 && late.pace == DATA_PACE_SLOW && late.c == 7 && !late.d);
	assert(x == 1 && y == 2 && z == 3);
	cut_request_to = 1;
	assert(data_late(CLIENT_DATA, 9, false, DATA_PACE_SLOW, 7, &x, &z, &y) == E_OK);
	assert(late.pace == DATA_PACE_QUICK && late.c == -5000000000 && late.d);
	cut_request_to = 4;
	assert(data_late(CLIENT_DATA, 9, false, DATA_PACE_SLOW, 7, &x, &z, &y) == E_OK);
	assert(late.pace == DATA_PACE_SLOW && late.c == -5000000000 && !late.d);
	cut_request_to = 2;
	assert(data_late(CLIENT_DATA, 9, false, DATA_PACE_SLOW, 7, &x, &z, &y) == E_OK);
	assert(!late.d && late.pace == DATA_PACE_QUICK);
	cut_answer_to = 1;
	assert(data_late(CLIENT_DATA, 9, false, DATA_PACE_SLOW, 7, &x, &z, &y) == E_OK);
	assert(x == 1 && y == 300000 && z == -1);
	cut_answer_to = 8;
	assert(data_late(CLIENT_DATA, 9, false, DATA_PACE_SLOW, 7, NULL, NULL, &y) == E_OK);
	assert(y == 2);
}

void
test_data(void)
{
	test_late();
}
