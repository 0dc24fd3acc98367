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
	char *bytes;
	uint32_t capacity;
	uint32_t length;
};

static void
add(struct line *line, const char *text)
{
	while (*text != '\0' && line->length < line->capacity) {
		line->bytes[line->length++] = *text++;
	}
}

static void
add_trouble(struct line *line, const struct estate *estate, uint32_t index)
{
	const struct instance *instance = &estate->instances[index];

	add(line, layout_string(&estate->layout, estate->layout.instances[index].name));
	add(line, " does not run: ");
	add(line, step_texts[instance->step]);
	add(line, ": ");
	add(line, status_text(instance->status));
}

uint32_t
report_trouble(const struct estate *estate, uint32_t index, char *text, uint32_t capacity)
{
	struct line line = {.bytes = text, .capacity = capacity};

	add_trouble(&line, estate, index);
	return line.length;
}

void
report_failed_start(const struct estate *estate, uint32_t index)
{
	char bytes[200];
	struct line line = {.bytes = bytes, .capacity = sizeof(bytes)};

	add(&line, "init: ");
	add_trouble(&line, estate, index);
	add(&line, "\n");
	(void)power_tell(HANDLE_INITIAL(BOOT_SLOT_POWER), line.bytes, line.length);
}
