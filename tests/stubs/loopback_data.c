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

static struct {
	uint32_t count;
	struct data_job jobs[3];
	uint16_t values[5];
	bool flags[8];
	uint32_t answers; /* so many elements of each answer */
} lists;

static uint32_t
serve_lists(void *context, const struct caller *caller, uint8_t at, const struct data_job *jobs,
	uint32_t jobs_count, enum data_pace *out_paces, uint32_t out_paces_capacity,
	uint32_t *out_paces_count)
{
	(void)context;
	(void)caller;
	assert(at == 77 && out_paces_capacity == 4);
	lists.count = jobs_count;
	memcpy(lists.jobs, jobs, jobs_count * sizeof(*jobs));
	for (uint32_t i = 0; i < out_paces_capacity; i++) {
		out_paces[i] = i == 1 ? DATA_PACE_QUICK : DATA_PACE_SLOW;
	}
	*out_paces_count = lists.answers;
	return E_OK;
}

static uint32_t
serve_numbers(void *context, const struct caller *caller, const uint16_t *values,
	uint32_t values_count, int64_t *out_wide, struct data_shape *out_shapes,
	uint32_t out_shapes_capacity, uint32_t *out_shapes_count)
{
	(void)context;
	(void)caller;
	lists.count = values_count;
	memcpy(lists.values, values, values_count * sizeof(*values));
	*out_wide = -5;
	assert(out_shapes_capacity == 2);
	out_shapes[0] = (struct data_shape){.has = DATA_SHAPE_CIRCLE, .circle = 80000};
	out_shapes[1] = (struct data_shape){.has = DATA_SHAPE_BOX, .box = {-2, 3}};
	*out_shapes_count = lists.answers;
	return E_OK;
}

static uint32_t
serve_flags(void *context, const struct caller *caller, const bool *flags, uint32_t flags_count,
	uint8_t *out_bytes, uint32_t out_bytes_capacity, uint32_t *out_bytes_count)
{
	(void)context;
	(void)caller;
	lists.count = flags_count;
	memcpy(lists.flags, flags, flags_count);
	memset(out_bytes, 0x5a, out_bytes_capacity);
	*out_bytes_count = out_bytes_capacity;
	return E_OK;
}

static uint32_t
serve_fail(void *context, const struct caller *caller, uint8_t how, uint8_t *out_done,
	struct data_fail_full *out_full, struct data_fail_off *out_off)
{
	(void)context;
	(void)caller;
	*out_done = 9;
	*out_full = (struct data_fail_full){.left = 600, .pace = DATA_PACE_QUICK};
	*out_off = (struct data_fail_off){.at = {-5, 6},
		.has_why = how == 4,
		.why = -7,
		.shape = {.has = DATA_SHAPE_CIRCLE, .circle = 8}};
	return how == 0   ? (uint32_t)E_OK
	       : how == 1 ? DATA_ERROR_BUSY
	       : how == 2 ? DATA_ERROR_FULL
	       : how < 5  ? DATA_ERROR_OFF
			  : (uint32_t)E_LIMIT;
}

const struct data_server data_server = {.late = serve_late,
	.parts = serve_parts,
	.lists = serve_lists,
	.numbers = serve_numbers,
	.flags = serve_flags,
	.fail = serve_fail};

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

static void
test_structs_in_lists(void)
{
	struct data_job jobs[4] = {{.at = {7, 8}, .speed = 5},
		{.has_speed = true, .speed = -6, .shape = {.has = DATA_SHAPE_PACE}},
		{.shape = {.has = DATA_SHAPE_BOX, .box = {-9, 10}}}};
	enum data_pace paces[4];
	uint32_t count = 9;

	lists.answers = 2;
	assert(data_lists(CLIENT_DATA, 77, jobs, 3, paces, 4, &count) == E_OK);
	assert(lists.count == 3 && count == 2 && paces[1] == DATA_PACE_QUICK);
	assert(lists.jobs[0].at.x == 7 && !lists.jobs[0].has_speed && lists.jobs[0].speed == 0);
	assert(lists.jobs[1].speed == -6 && lists.jobs[1].shape.has == DATA_SHAPE_PACE);
	assert(lists.jobs[2].shape.box.x == -9 && lists.jobs[2].shape.box.default_ == 10);
	assert(data_lists(CLIENT_DATA, 77, NULL, 0, paces, 4, &count) == E_OK && lists.count == 0);
	assert(data_lists(CLIENT_DATA, 77, jobs, 4, paces, 4, &count) == E_ARGUMENT);
	assert(data_lists(CLIENT_DATA, 77, jobs, 1, paces, 1, &count) == E_LIMIT && count == 2);
	/* Two whole elements and half of one: the rest is nothing. */
	cut_request_to = 1 + 2 * 22 + 11;
	assert(data_lists(CLIENT_DATA, 77, jobs, 3, paces, 4, &count) == E_OK && lists.count == 2);
	/* More than the server has room for, or says that it answers. */
	cut_request_to = 1 + 4 * 22;
	assert(data_lists(CLIENT_DATA, 77, jobs, 3, paces, 4, &count) != E_OK);
	lists.answers = 5;
	assert(data_lists(CLIENT_DATA, 77, jobs, 3, paces, 4, &count) != E_OK);
}

static void
test_numbers_in_lists(void)
{
	static const uint16_t values[5] = {1, 65535, 3, 4, 5};
	static const bool flags[8] = {true, false, true};
	static uint8_t bytes[1024];
	struct data_shape shapes[2];
	int64_t wide;
	uint32_t count;

	lists.answers = 2;
	assert(data_numbers(CLIENT_DATA, values, 5, &wide, shapes, 2, &count) == E_OK);
	assert(lists.count == 5 && memcmp(lists.values, values, sizeof(values)) == 0);
	assert(wide == -5 && count == 2 && shapes[0].circle == 80000 && shapes[1].box.x == -2);
	assert(data_flags(CLIENT_DATA, flags, 3, bytes, 1024, &count) == E_OK && count == 1024);
	assert(lists.count == 3 && lists.flags[0] && !lists.flags[1] && lists.flags[2]);
	assert(bytes[0] == 0x5a && bytes[1023] == 0x5a);
}

/* Each error brings its own parameters and nothing of the others. */
static void
test_errors(void)
{
	struct data_fail_full full = {.left = 1};
	struct data_fail_off off = {.at = {1, 1}};
	uint8_t done = 0;

	assert(data_fail(CLIENT_DATA, 0, &done, &full, &off) == E_OK && done == 9);
	assert(full.left == 1 && off.at.x == 1);
	assert(data_fail(CLIENT_DATA, 1, NULL, &full, &off) == DATA_ERROR_BUSY && full.left == 1);
	assert(data_fail(CLIENT_DATA, 2, NULL, &full, &off) == DATA_ERROR_FULL && off.at.x == 1);
	assert(full.left == 600 && full.pace == DATA_PACE_QUICK);
	assert(data_fail(CLIENT_DATA, 3, NULL, NULL, &off) == DATA_ERROR_OFF);
	assert(off.at.x == -5 && !off.has_why && off.why == 0 && off.shape.circle == 8);
	assert(data_fail(CLIENT_DATA, 4, NULL, NULL, &off) == DATA_ERROR_OFF && off.why == -7);
	assert(data_fail(CLIENT_DATA, 2, NULL, NULL, NULL) == DATA_ERROR_FULL);
	assert(data_fail(CLIENT_DATA, 5, NULL, NULL, NULL) == E_STATE); /* it is none of its own */
	/* Half of it. */
	cut_answer_to = 3;
	full.left = 1;
	assert(data_fail(CLIENT_DATA, 2, NULL, &full, NULL) == E_STATE && full.left == 1);
}

void
test_data(void)
{
	test_errors();
	test_late();
	test_parts();
	test_structs_in_lists();
	test_numbers_in_lists();
}
