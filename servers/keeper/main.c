/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The keeper: which policies the image has, and which is in force. The kernel does the rest. */
#include <stdlib.h>
#include <string.h>

#include "abi/policy.h"
#include "gatehouse/device.h"
#include "gatehouse/process.h"
#include "gatehouse/server.h"
#include "gen/core/policy.h"
#include "ksm/names/names.h"
#include "process_keeper.h"

#define NS_PER_MS   UINT64_C(1000000)
#define FILE_ENDING ".gate"

static const char *file_names[POLICIES_MAX];

/* The file that a policy was made of, without folder and ending. */
static uint32_t
put_name(uint8_t number, void *out, uint32_t capacity)
{
	const char *path = file_names[number];
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	size_t length = strlen(name);
	size_t ending = strlen(FILE_ENDING);

	if (length > ending && strcmp(name + length - ending, FILE_ENDING) == 0) {
		length -= ending;
	}
	if (length > capacity) {
		length = capacity;
	}
	memcpy(out, name, length);
	return (uint32_t)length;
}

static uint32_t
look(void *context, const struct caller *caller, uint8_t number, uint64_t *out_version,
	bool *out_in_force, void *out_name, uint32_t out_name_capacity, uint32_t *out_name_bytes)
{
	uint64_t floor;
	uint64_t trial_end_ns;
	uint32_t epoch;
	bool found = false;
	uint32_t status = policy_info(KEEPER_SWAP, number, out_version, &floor, &trial_end_ns,
		&epoch, out_in_force, &found);

	(void)context;
	(void)caller;
	if (status != E_OK) {
		return status;
	}
	if (!found || number >= POLICIES_MAX || file_names[number] == NULL) {
		return POLICIES_ERROR_ABSENT;
	}
	*out_name_bytes = put_name(number, out_name, out_name_capacity);
	return E_OK;
}

static uint32_t
trial(void *context, const struct caller *caller, uint64_t *out_floor, uint32_t *out_epoch,
	uint32_t *out_left_ms)
{
	uint64_t version;
	uint64_t end_ns = 0;
	bool is_in_force;
	bool found;
	uint32_t status = policy_info(
		KEEPER_SWAP, 0, &version, out_floor, &end_ns, out_epoch, &is_in_force, &found);
	uint64_t now_ns = sys_clock();

	(void)context;
	(void)caller;
	*out_left_ms = end_ns > now_ns ? (uint32_t)((end_ns - now_ns) / NS_PER_MS) + 1 : 0;
	return status;
}

static uint32_t
load(void *context, const struct caller *caller, uint8_t number, uint32_t trial_ms)
{
	uint32_t status = policy_load(KEEPER_SWAP, number, trial_ms);

	(void)context;
	(void)caller;
	switch (status) {
	case E_ARGUMENT:
		return POLICIES_ERROR_ABSENT;
	case E_LIMIT:
		return POLICIES_ERROR_OLDER;
	case E_STATE:
		return POLICIES_ERROR_REFUSED;
	default:
		return status;
	}
}

static uint32_t
confirm(void *context, const struct caller *caller)
{
	uint32_t status = policy_confirm(KEEPER_SWAP);

	(void)context;
	(void)caller;
	return status == E_STATE ? POLICIES_ERROR_IDLE : status;
}

static uint32_t
revert(void *context, const struct caller *caller)
{
	uint32_t status = policy_revert(KEEPER_SWAP);

	(void)context;
	(void)caller;
	return status == E_STATE ? POLICIES_ERROR_IDLE : status;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct policies_server policies = {
		.look = look,
		.trial = trial,
		.load = load,
		.confirm = confirm,
		.revert = revert,
	};

	return keeper_serve(caller, message, &policies);
}

int
main(void)
{
	static const struct server server = {.serve = serve};
	uint32_t bytes = process_info()->system_offset;
	const uint8_t *blobs = device_map_readonly(KEEPER_POLICY, process_info()->device_bytes);
	struct names names;

	for (uint32_t i = 0; blobs != NULL && i < POLICIES_MAX; i++) {
		if (names_open_nth(&names, blobs, bytes, i)) {
			file_names[i] = names.allow_file;
		}
	}
	if (file_names[0] == NULL) {
		return EXIT_FAILURE;
	}
	server_run(&server);
}
