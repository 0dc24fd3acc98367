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

static struct {
	struct data_point at;
	struct data_shape shape;
	uint16_t key[3];
	bool has_speed;
	uint8_t speed;
	bool has_job;
	struct data_job job;
} parts;

static uint32_t
serve_parts(void *context, const struct caller *caller, const struct data_point *at,
	const struct data_shape *shape, const uint16_t *key, bool has_speed, uint8_t speed,
	bool has_job, const struct data_job *job, struct data_point *out_at,
	struct data_shape *out_shape, int8_t *out_key, bool *out_has_why, enum data_pace *out_why,
	bool *out_has_job, struct data_job *out_job)
{
	(void)context;
	(void)caller;
	parts.at = *at;
	parts.shape = *shape;
	memcpy(parts.key, key, sizeof(parts.key));
	parts.has_speed = has_speed;
	parts.speed = speed;
	parts.has_job = has_job;
	parts.job = *job;
	*out_at = *at;
	*out_shape = *shape;
	out_key[0] = -7;
	out_key[1] = 8;
	*out_has_why = has_speed;
	*out_why = DATA_PACE_QUICK;
	*out_has_job = has_job;
	*out_job = *job;
	return E_OK;
}

const struct data_server data_server = {.late = serve_late, .parts = serve_parts};

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

static void
test_parts(void)
{
	static const uint16_t key[3] = {1, 65535, 3};
	struct data_point at = {-300, 9};
	struct data_shape shape = {.has = DATA_SHAPE_BOX, .box = {5, 6}};
	struct data_job job = {.at = {7, 8},
		.has_speed = true,
		.speed = -9000000000,
		.shape = {.has = DATA_SHAPE_CIRCLE, .circle = 70000}};
	struct data_point at_back;
	struct data_shape shape_back;
	struct data_job job_back;
	int8_t key_back[2];
	enum data_pace why;
	bool has_why;
	bool has_job;

	assert(data_parts(CLIENT_DATA, &at, &shape, key, true, 77, true, &job, &at_back,
		       &shape_back, key_back, &has_why, &why, &has_job, &job_back) == E_OK);
	assert(parts.at.x == -300 && parts.at.default_ == 9);
	assert(parts.shape.has == DATA_SHAPE_BOX && parts.shape.box.x == 5);
	assert(memcmp(parts.key, key, sizeof(key)) == 0 && parts.has_speed && parts.speed == 77);
	assert(parts.has_job && parts.job.at.x == 7 && parts.job.speed == -9000000000);
	assert(parts.job.shape.has == DATA_SHAPE_CIRCLE && parts.job.shape.circle == 70000);
	assert(at_back.x == -300 && shape_back.box.default_ == 6 && key_back[0] == -7);
	assert(has_why && why == DATA_PACE_QUICK && has_job && job_back.shape.circle == 70000);
	/* What is not there is zero, whatever the caller has in its variables. */
	shape.has = DATA_SHAPE_PACE;
	shape.pace = DATA_PACE_QUICK;
	job.has_speed = false;
	assert(data_parts(CLIENT_DATA, &at, &shape, key, false, 77, true, &job, NULL, &shape_back,
		       NULL, &has_why, NULL, NULL, NULL) == E_OK);
	assert(!parts.has_speed && parts.speed == 0 && !parts.job.has_speed);
	assert(parts.job.speed == 0 && shape_back.pace == DATA_PACE_QUICK && !has_why);
	assert(data_parts(CLIENT_DATA, &at, &shape, key, false, 77, false, &job, NULL, NULL, NULL,
		       NULL, NULL, &has_job, &job_back) == E_OK);
	assert(!parts.has_job && parts.job.at.x == 0 && !has_job && job_back.at.x == 0);
}

void
test_data(void)
{
	test_late();
	test_parts();
}
