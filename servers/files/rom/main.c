/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* rom: the files that the image was built with. */
#include "archive.h"
#include "gatehouse/resource.h"
#include "gatehouse/server.h"
#include "process_rom.h"
#include "servers/files/service.h"

static bool
serve(const struct caller *caller, struct message *message)
{
	service_next();
	return rom_serve(caller, message, &service_files, &service_file);
}

int
main(void)
{
	static const struct server server = {.serve = serve, .refused = service_refused};
	const struct resource kinds[] = {ROM_ROMFILE};

	service_init(&rom_store, kinds, 1);
	server_run(&server);
}
