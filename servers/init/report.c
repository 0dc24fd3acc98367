/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What did not start, said to people: whoever prints for all others may be the one that is missing.
 */
#include "report.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "gen/core/power.h"
#include "instance.h"

static const char *const step_texts[] = {
	[STEP_LASTING] = "its endpoint and its memory",
	[STEP_PROGRAM] = "its program",
	[STEP_PROCESS] = "its process and thread",
	[STEP_FIXED] = "what every process has",
	[STEP_USES] = "what it uses",
	[STEP_MEMORY] = "its program's memory and stack",
	[STEP_JUDGED] = "the digest of its program",
	[STEP_RUN] = "its first thread",
};

struct line {
	char bytes[200];
	uint32_t length;
};

static void
add(struct line *line, const char *text)
{
	while (*text != '\0' && line->length < sizeof(line->bytes)) {
		line->bytes[line->length++] = *text++;
	}
}

void
report_failed_start(const struct estate *estate, uint32_t index)
{
	const struct instance *instance = &estate->instances[index];
	struct line line = {.length = 0};

	add(&line, "init: ");
	add(&line, layout_string(&estate->layout, estate->layout.instances[index].name));
	add(&line, " does not run: ");
	add(&line, step_texts[instance->step]);
	add(&line, ": ");
	add(&line, status_text(instance->status));
	add(&line, "\n");
	(void)power_tell(HANDLE_INITIAL(BOOT_SLOT_POWER), line.bytes, line.length);
}
