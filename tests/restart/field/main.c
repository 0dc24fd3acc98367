/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The plant: what was done to it stays done, whoever of its drivers dies. */
#include "gatehouse/server.h"
#include "process_plant.h"

#define MOVERS  2
#define VICTIMS 3

static struct {
	uint32_t number;
	uint32_t times;
} orders[MOVERS];

static struct {
	uint32_t kills;
	uint32_t half_us;
	uint32_t most_us;
	uint32_t worst_us;
} reports[VICTIMS];
static uint32_t report_count;

static uint32_t
field_move_motor(void *context, const struct caller *caller, uint8_t mover, uint32_t number)
{
	(void)context;
	(void)caller;
	if (orders[mover].number != number) {
		orders[mover].number = number;
		orders[mover].times = 0;
	}
	orders[mover].times++;
	return E_OK;
}

static uint32_t
field_tell(void *context, const struct caller *caller, uint8_t mover, uint32_t number,
	uint32_t *out_times)
{
	(void)context;
	(void)caller;
	*out_times = orders[mover].number == number ? orders[mover].times : 0;
	return E_OK;
}

static uint32_t
field_note(void *context, const struct caller *caller, uint8_t victim, uint32_t kills,
	uint32_t half_us, uint32_t most_us, uint32_t worst_us)
{
	(void)context;
	(void)caller;
	reports[victim].kills = kills;
	reports[victim].half_us = half_us;
	reports[victim].most_us = most_us;
	reports[victim].worst_us = worst_us;
	report_count++;
	return E_OK;
}

static uint32_t
field_report(void *context, const struct caller *caller, uint8_t victim, uint32_t *out_reports,
	uint32_t *out_kills, uint32_t *out_half_us, uint32_t *out_most_us, uint32_t *out_worst_us)
{
	(void)context;
	(void)caller;
	*out_reports = report_count;
	*out_kills = reports[victim].kills;
	*out_half_us = reports[victim].half_us;
	*out_most_us = reports[victim].most_us;
	*out_worst_us = reports[victim].worst_us;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct field_server field = {
		.move = field_move_motor,
		.moved = field_tell,
		.stop = field_note,
		.stopped = field_report,
	};

	return plant_serve(caller, message, &field);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
