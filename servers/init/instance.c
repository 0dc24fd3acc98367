/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Instances: what stays for ever, and incarnations made of it. */
#include "instance.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "abi/system.h"
#include "archive.h"
#include "gatehouse/syscall.h"
#include "gen/core/endpoint.h"
#include "gen/core/process.h"
#include "gen/core/thread.h"
#include "gen/core/untyped.h"
#include "memory.h"
#include "program.h"
#include "wiring.h"

#define NS_PER_US UINT64_C(1000)

/* An incarnation while it is made. */
struct making {
	struct estate *estate;
	uint32_t index;
	struct instance *instance;
	const struct system_instance *description;
	const struct program_header *header;
	struct program program;
	uint32_t reply;
	struct process_info *info;
	uint32_t info_bytes; /* that mean something */
};

static uint32_t
make(uint32_t untyped, uint32_t size, uint16_t label, enum object_kind kind, uint32_t *handle)
{
	return untyped_retype(untyped, size, label, (uint8_t)kind, handle);
}

/* What an instance keeps for ever: of the small rest of memory, as long as there is some. */
static uint32_t
make_lasting(uint32_t size, uint16_t label, enum object_kind kind, uint32_t *handle)
{
	uint32_t status = make(HANDLE_INITIAL(BOOT_SLOT_REST), size, label, kind, handle);

	return status == E_MEMORY ? make(HANDLE_ACCOUNT, size, label, kind, handle) : status;
}

uint32_t
instance_make(struct estate *estate, uint32_t index)
{
	struct instance *instance = &estate->instances[index];
	const struct system_instance *description = &estate->layout.instances[index];
	uint16_t label = description->label;
	uint32_t status = make_lasting(0, label, KIND_ENDPOINT, &instance->endpoint);

	if (status == E_OK) {
		status = make_lasting(0, label, KIND_NOTIFICATION, &instance->notification);
	}
	if (status == E_OK) {
		status = make_lasting(
			description->account_bytes, label, KIND_UNTYPED, &instance->account);
	}
	if (status == E_OK) {
		status = make_lasting(description->own_bytes, label, KIND_UNTYPED, &instance->own);
	}
	instance->state = status == E_OK ? INSTANCE_STOPPED : INSTANCE_ABSENT;
	instance->step = STEP_LASTING;
	instance->status = status;
	return status;
}

static uint32_t
step_program(struct making *making)
{
	const struct estate *estate = making->estate;

	making->header = archive_find(
		&estate->archive, layout_string(&estate->layout, making->description->program));
	return making->header == NULL
		       ? E_ARGUMENT
		       : program_load(making->instance->own, making->header, &making->program);
}

static uint32_t
step_process(struct making *making)
{
	struct instance *instance = making->instance;
	const struct system_instance *description = making->description;
	uint32_t own = instance->own;
	uint32_t status =
		make(own, description->slots, LABEL_NONE, KIND_PROCESS, &instance->process);

	if (status == E_OK) {
		status = process_configure(instance->process, HANDLE_ENDPOINT, making->index,
			description->label, description->instance, description->priority,
			description->is_timeless != 0);
	}
	if (status == E_OK) {
		status = process_budget(instance->process, description->budget_us * NS_PER_US,
			description->period_us * NS_PER_US, description->reserve_us * NS_PER_US);
	}
	if (status == E_OK) {
		status = make(own, 0, LABEL_NONE, KIND_THREAD, &instance->thread);
	}
	if (status == E_OK) {
		status = make(own, 0, LABEL_NONE, KIND_REPLY, &making->reply);
	}
	return status;
}

static uint32_t
step_fixed(struct making *making)
{
	return wiring_grant_fixed(making->estate, making->index, making->reply);
}

static uint32_t
step_uses(struct making *making)
{
	return wiring_grant_uses(making->estate, making->index);
}

static const char *
attributes_of(const struct estate *estate, uint32_t index)
{
	return layout_string(&estate->layout, estate->layout.instances[index].attributes);
}

/* Attributes are lines in the blob and strings in the page; an empty one behind them. */
static size_t
attributes_bytes(const char *lines)
{
	size_t bytes = 0;

	while (lines[bytes] != '\0') {
		bytes++;
	}
	return bytes + 2;
}

bool
instance_has_room(const struct estate *estate, uint32_t index)
{
	return attributes_bytes(attributes_of(estate, index)) + estate->words_bytes <=
	       sizeof(((struct process_info *)NULL)->attributes);
}

/* Returns how long the information is. */
static uint32_t
fill_attributes(const struct estate *estate, uint32_t index, struct process_info *info)
{
	const char *lines = attributes_of(estate, index);
	char *to = info->attributes;

	string_copy(to, sizeof(info->attributes) - 1, lines);
	for (size_t i = 0; to[i] != '\0'; i++) {
		if (to[i] == '\n') {
			to[i] = '\0';
		}
	}
	size_t info_bytes = offsetof(struct process_info, attributes) + attributes_bytes(lines);
	if (estate->words_bytes != 0 && instance_has_room(estate, index)) {
		info->words_offset = (uint16_t)attributes_bytes(lines);
		info->words_bytes = (uint16_t)estate->words_bytes;
		memcpy(to + info->words_offset, estate->words, estate->words_bytes);
		info_bytes += estate->words_bytes;
	}
	return (uint32_t)info_bytes;
}

static bool
reads_policy(const struct making *making)
{
	const struct system_capability *uses =
		making->estate->layout.capabilities + making->description->first_capability;

	for (uint32_t i = 0; i < making->description->capability_count; i++) {
		if (uses[i].kind == SYSTEM_POLICY) {
			return making->estate->policy_frame != 0;
		}
	}
	return false;
}

static void
make_info(struct making *making)
{
	static struct process_info info; /* a page: too large for the stack */
	const struct estate *estate = making->estate;
	const struct system_instance *description = making->description;

	info = (struct process_info){
		.magic = PROCESS_INFO_MAGIC,
		.version = 1,
		.label = description->label,
		.instance = description->instance,
		.incarnation = making->instance->incarnation,
		.account_bytes = description->account_bytes,
		.stack_bytes = description->stack_bytes,
		.priority = description->priority,
		.resource_label = description->resource_label,
	};
	if (reads_policy(making)) {
		info.device_bytes = estate->policy_bytes;
		info.system_offset = estate->system_offset;
	}
	string_copy(
		info.name, sizeof(info.name), layout_string(&estate->layout, description->name));
	string_copy(info.class_name, sizeof(info.class_name),
		layout_string(&estate->layout, description->class_name));
	making->info = &info;
	making->info_bytes = fill_attributes(estate, making->index, &info);
}

static uint32_t
give(const struct making *making, uint32_t frame, uint64_t vaddr, uint8_t rights)
{
	return wiring_give_frame(making->estate, making->index, frame, vaddr, rights);
}

/* A page for what does not fit into the message buffer. */
static uint32_t
step_info(struct making *making)
{
	uint32_t frame;

	make_info(making);
	if (making->info_bytes <= MESSAGE_BYTES_MAX) {
		return E_OK;
	}
	uint32_t status = program_fill_page(
		making->instance->own, making->info, sizeof(*making->info), &frame);
	return status == E_OK ? give(making, frame, PROCESS_INFO, RIGHT_READ) : status;
}

static uint32_t
step_memory(struct making *making)
{
	uint32_t own = making->instance->own;
	uint32_t stack_bytes = making->description->stack_bytes;
	const struct program_header *header = making->header;
	uint32_t stack;
	uint32_t status = make(own, stack_bytes / PAGE_BYTES, LABEL_NONE, KIND_FRAME, &stack);

	if (status == E_OK) {
		status = give(making, making->program.text, header->text_vaddr,
			RIGHT_READ | RIGHT_EXECUTE);
	}
	if (status == E_OK && making->program.data != 0) {
		status = give(
			making, making->program.data, header->data_vaddr, RIGHT_READ | RIGHT_WRITE);
	}
	if (status == E_OK) {
		status = give(making, stack, PROCESS_STACK - stack_bytes, RIGHT_READ | RIGHT_WRITE);
	}
	return status == E_OK ? step_info(making) : status;
}

static uint32_t
step_judged(struct making *making)
{
	const uint64_t *digest = making->program.digest;

	return process_start(making->instance->process, digest[0], digest[1], digest[2], digest[3]);
}

static uint32_t
step_run(struct making *making)
{
	struct instance *instance = making->instance;
	uint32_t status = thread_configure(
		instance->thread, PROCESS_BUFFER, instance->process, making->description->priority);

	bool is_short = making->info_bytes <= MESSAGE_BYTES_MAX;

	if (status == E_OK && is_short) {
		status = thread_inform(instance->thread, making->info, making->info_bytes);
	}
	if (status != E_OK) {
		return status;
	}
	return thread_start(instance->thread, making->header->entry, PROCESS_BUFFER, PROCESS_TP,
		is_short ? PROCESS_BUFFER : PROCESS_INFO);
}

static uint32_t (*const steps[])(struct making *making) = {
	[STEP_PROGRAM] = step_program,
	[STEP_PROCESS] = step_process,
	[STEP_FIXED] = step_fixed,
	[STEP_USES] = step_uses,
	[STEP_MEMORY] = step_memory,
	[STEP_JUDGED] = step_judged,
	[STEP_RUN] = step_run,
};

uint32_t
instance_start(struct estate *estate, uint32_t index)
{
	struct instance *instance = &estate->instances[index];
	struct making making = {
		.estate = estate,
		.index = index,
		.instance = instance,
		.description = &estate->layout.instances[index],
	};

	instance->incarnation++;
	if (instance->incarnation > 1 || instance->is_closed) {
		/* Each client learns once that its server is a new one (decisions B8). */
		instance->status = endpoint_restart(instance->endpoint);
		instance->is_closed = false;
	}
	for (uint32_t step = STEP_PROGRAM; step <= STEP_RUN; step++) {
		instance->step = (uint8_t)step;
		instance->status = steps[step](&making);
		if (instance->status != E_OK) {
			instance_end(instance);
			return instance->status;
		}
	}
	instance->started_ns = sys_clock();
	instance->state = INSTANCE_RUNNING;
	return E_OK;
}

void
instance_end(struct instance *instance)
{
	if (instance->process != 0) {
		process_stop(instance->process);
	}
	/* Own first: with the process go its capabilities to what it made of its account. Both
	 * calls can only fail for a capability that init does not have. */
	untyped_reset(instance->own);
	untyped_reset(instance->account);
	instance->process = 0;
	instance->thread = 0;
	instance->state = INSTANCE_STOPPED;
}
