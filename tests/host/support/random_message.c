/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What random messages have besides fields: lists, and parameters of errors. */
#include <string.h>

#include "ksm/format.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_world.h"

void
random_list(struct arena *arena, struct l1_message *message)
{
	struct l1_field *list = &message->fields[message->field_count];
	struct l1_field *length = arena_alloc(arena, sizeof(*length));
	uint32_t count = 1 + (uint32_t)random_below(ELEMENTS);
	struct l1_field element = {.is_element = true, .is_late = true, .guard = length};

	random_type(&element);
	element.absent = element.kind == L1_ENUM ? element.names[0].value : element.low;
	*list = (struct l1_field){.kind = L1_TAIL,
		.offset_bytes = message->fixed_bytes,
		.width_bytes = (uint16_t)(count * element.width_bytes),
		.unit_bytes = element.width_bytes,
		.high = count,
		.parts = length,
		.part_count = 1};
	*length = (struct l1_field){.kind = L1_INTEGER,
		.look = L1_LOOK_LENGTH,
		.whole = list,
		.offset_bytes = list->offset_bytes,
		.width_bytes = 2,
		.high = count,
		.unit_bytes = element.width_bytes};
	message->lengths = arena_array(arena, count + 1, sizeof(struct l1_range));
	for (uint32_t i = 0; i <= count; i++) {
		int64_t end = list->offset_bytes + i * element.width_bytes;

		((struct l1_range *)message->lengths)[i] = (struct l1_range){end, end};
		element.offset_bytes = (uint16_t)end;
		element.guard_value = i + 1;
		if (i < count) {
			list[i + 1] = element;
		}
	}
	message->length_count = element.width_bytes == 1 ? 0 : count + 1;
	message->high_bytes = (uint16_t)(message->high_bytes + list->width_bytes);
	message->field_count += 1 + count;
}

void
random_error(struct arena *arena, struct l1_method *method, struct l1_field *fields)
{
	static const struct l1_name errors[] = {{"one", 1}, {"two", 2}};
	struct l1_message *message = &method->error;
	uint32_t count = 2 + (uint32_t)random_below(3);
	struct l1_range *length = arena_alloc(arena, sizeof(*length));

	fields[0] = (struct l1_field){.kind = L1_ENUM,
		.is_tag = true,
		.is_status = true,
		.offset_bytes = FORMAT_STATUS_FIELD,
		.low = 1,
		.high = method->error_count,
		.names = errors,
		.name_count = method->error_count};
	*message = (struct l1_message){.fields = fields, .field_count = count};
	for (uint32_t i = 1; i < count; i++) {
		memset(&fields[i], 0, sizeof(fields[i]));
		random_type(&fields[i]);
		fields[i].is_late = true;
		fields[i].guard = &fields[0];
		fields[i].guard_value = 1 + (int64_t)random_below(method->error_count);
		fields[i].offset_bytes = message->fixed_bytes;
		message->fixed_bytes =
			(uint16_t)(message->fixed_bytes + fields[i].width_bytes + random_below(2));
	}
	message->fixed_bytes =
		(uint16_t)(fields[count - 1].offset_bytes + fields[count - 1].width_bytes);
	message->high_bytes = message->fixed_bytes;
	*length = (struct l1_range){message->fixed_bytes, message->fixed_bytes};
	message->lengths = length;
	message->length_count = 1;
}
