/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* terminal.c: reads before and after a login that fails, and one that goes well. */
#include <stdio.h>

#include "gatehouse/process.h"
#include "gen/core/power.h"
#include "process_terminal.h"

#define PIN_RIGHT 1234
#define PIN_WRONG 4321

const uint32_t gatehouse_console_handle = TERMINAL_CONSOLE;

static char data[16];
static struct storage_read_failed failed;

static void
look(const char *what, uint32_t status)
{
	printf("%s: %s\n", what,
		status == E_OK       ? "granted"
		: status == E_DENIED ? "denied"
				     : "failed");
}

static uint32_t
read_sector(uint16_t sector)
{
	int16_t result = 0;

	failed.code = 0;
	return storage_read(TERMINAL_DISK_STORAGE, data, sizeof data, sector, 1, &result, &failed);
}

static uint32_t
log_in(enum login_user user, uint32_t pin)
{
	uint8_t result = 0;

	return login_login(TERMINAL_DISK_LOGIN, user, pin, &result);
}

int
main(void)
{
	look("read before the login", read_sector(20));
	look("login as root", log_in(LOGIN_USER_ROOT, PIN_RIGHT));
	look("login with the wrong pin", log_in(LOGIN_USER_OTHER, PIN_WRONG));
	look("read after it", read_sector(20));
	look("login", log_in(LOGIN_USER_OTHER, PIN_RIGHT));
	look("read", read_sector(20));
	look("read the label", read_sector(15));
	printf("the sector holds %.*s\n", (int)sizeof data, data);
	look("read a bad sector", read_sector(21));
	printf("its code is %u\n", (unsigned)failed.code);
	look("read a lost one", read_sector(22));
	printf("of which is told %u\n", (unsigned)failed.code);
	look("logout", login_logout(TERMINAL_DISK_LOGIN));
	look("read after the logout", read_sector(20));
	(void)fflush(stdout);
	(void)power_off(TERMINAL_POWER, 0);
	return 1;
}
