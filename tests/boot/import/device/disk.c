/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* disk.c: sectors, and a login that looks at one number; who may do what is the policy's business.
 */
#include "gatehouse/ipc.h"
#include "gatehouse/server.h"
#include "process_disk.h"

#define PIN         1234
#define SECTOR_BAD  21 /* its error has a code that the policy lets pass */
#define SECTOR_LOST 22 /* ... that it does not */
#define CODE_BAD    5
#define CODE_LOST   7

static uint32_t
read_sector(void *context, const struct caller *caller, struct lease data, uint16_t sector,
	uint16_t count, int16_t *out_status, struct storage_read_failed *out_failed)
{
	static const char text[] = "sector text";

	(void)context;
	(void)caller;
	(void)count;
	if (sector == SECTOR_BAD || sector == SECTOR_LOST) {
		out_failed->code = sector == SECTOR_BAD ? CODE_BAD : CODE_LOST;
		return STORAGE_ERROR_FAILED;
	}
	*out_status = 0;
	return lease_write(&data, 0, text, sizeof text);
}

static uint32_t
write_sector(void *context, const struct caller *caller, struct lease data, uint16_t sector,
	int16_t *out_status, struct storage_write_failed *out_failed)
{
	(void)context;
	(void)caller;
	(void)data;
	(void)sector;
	(void)out_failed;
	*out_status = 0;
	return E_OK;
}

static uint32_t
erase(void *context, const struct caller *caller, uint16_t first, uint16_t last, bool really)
{
	(void)context;
	(void)caller;
	(void)first;
	(void)last;
	(void)really;
	return E_OK;
}

static uint32_t
login(void *context, const struct caller *caller, enum login_user user, uint32_t pin,
	uint8_t *out_result)
{
	(void)context;
	(void)caller;
	(void)user;
	*out_result = pin == PIN ? 0 : 1;
	return E_OK;
}

static uint32_t
logout(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	return E_OK;
}

static bool
serve(const struct caller *caller, struct message *message)
{
	static const struct storage_server storage = {
		.read = read_sector, .write = write_sector, .erase = erase};
	static const struct login_server logins = {.login = login, .logout = logout};

	return disk_serve(caller, message, &storage, &logins);
}

int
main(void)
{
	static const struct server server = {.serve = serve};

	server_run(&server);
}
