/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The driver and the target as tasks of a bare image. */
#include "ksm/hosts/bare/application.h"
#include "ksm/hosts/bare/task.h"
#include "tests/hosts/driver/trace.h"

int driver_main(void);
int target_main(void);

/* A line and its end are a string already. */
void
trace_say(const char *text, uint32_t length)
{
	(void)length;
	bare_print(text);
}

static void
target(void)
{
	(void)target_main();
}

static void
driver(void)
{
	bare_exit(driver_main());
}

bool
application_start(void)
{
	return task_add("target", target) && task_add("driver", driver);
}
