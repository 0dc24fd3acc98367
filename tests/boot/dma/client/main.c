/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reads settings that the test gave the machine, and some that it did not. */
#include <stdio.h>
#include <string.h>

#include "gen/core/power.h"
#include "process_client.h"

const uint32_t gatehouse_console_handle = CLIENT_CONSOLE;

#define SHOWN_BYTES 16u /* at the end of a value */

static void
say(const char *name)
{
	char value[512];
	uint32_t bytes = 0;
	uint32_t status = settings_read(
		CLIENT_SETTINGS, name, (uint32_t)strlen(name), value, sizeof(value), &bytes);
	uint32_t shown = bytes < SHOWN_BYTES ? bytes : SHOWN_BYTES;

	printf("client: %s: status %u, %u bytes, '%.*s'\n", name, (unsigned)status, (unsigned)bytes,
		(int)shown, value + bytes - shown);
}

int
main(void)
{
	static const char *const names[] = {"greeting", "most", "too-much", "empty", "nowhere",
		"a-name-that-is-longer-than-any-other-one", "../../etc/smbios", "", "greeting"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		say(names[i]);
	}
	printf("client: done\n");
	fflush(stdout);
	return (int)power_off(CLIENT_POWER, 0);
}
