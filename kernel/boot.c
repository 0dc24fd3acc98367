/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From the machine's entry to the first user instruction: check the image, make init, hand it all.
 */
#include "abi/image.h"
#include "abi/process.h"
#include "arch/arch.h"
#include "boards/board.h"
#include "kernel/assert.h"
#include "kernel/audit.h"
#include "kernel/budget.h"
#include "kernel/config.h"
#include "kernel/frame.h"
#include "kernel/image.h"
#include "kernel/irq.h"
#include "kernel/memory.h"
#include "kernel/monitor.h"
#include "kernel/panic.h"
#include "kernel/policy.h"
#include "kernel/print.h"
#include "kernel/process.h"
#include "kernel/thread.h"
#include "kernel/trace.h"
#include "kernel/untyped.h"

#define REFUSED_EXIT_CODE 100
#define NS_PLACES         6 /* nanoseconds written as milliseconds */

static struct object power = {.kind = KIND_POWER, .label = LABEL_INIT};

/* RAM below what stays of the kernel is free from here on. */
static uint8_t *low;

static uint8_t *
page_round(uint8_t *at)
{
	return at + (-(uintptr_t)at & (PAGE_BYTES - 1));
}

/* Boot has the machine to itself: what fails here is the image's or our fault, not a program's. */
static void
must(enum status status, const char *what)
{
	if (status != E_OK) {
		kernel_panic(what, (uint64_t)status);
	}
}

static struct slot *
place(struct process *init, struct object *object, uint16_t interface, uint8_t rights)
{
	struct capability capability = {
		.object = object,
		.label = LABEL_INIT,
		.interface = interface,
		.rights = rights,
	};
	struct slot *slot;

	object->label = LABEL_INIT;
	must(slot_place(init, &capability, NULL, &slot), "init gets no capability; no edge for");
	return slot;
}

static struct slot *
retype(struct process *init, enum object_kind kind, uint32_t size)
{
	struct slot *slot;
	enum status status;

	do {
		status = untyped_retype(init, &init->table.slots[2], kind, size, 0, &slot);
	} while (status == STATUS_AGAIN);
	must(status, "init does not fit in memory");
	return slot;
}

static void
map(struct slot *slot, vaddr_t address, uint8_t rights, const char *what)
{
	enum status status;

	do {
		status = frame_map(slot, address, rights);
	} while (status == STATUS_AGAIN);
	must(status, what);
}

static void
seal(struct slot *slot)
{
	enum status status;

	do {
		status = frame_seal(slot);
	} while (status == STATUS_AGAIN);
	must(status, "init's text cannot be sealed");
}

/* init before it has a capability: the only process that nobody granted anything. */
static struct process *
make_init(struct untyped *memory)
{
	struct process *init = untyped_take(memory, sizeof(struct process));
	uint32_t count = INIT_SLOTS;
	while (count < monitor_instances() * INIT_SLOTS_EACH && count < SLOTS_MAX) {
		count *= 2;
	}
	struct slot *slots = untyped_take(memory, count * sizeof(struct slot));

	kernel_assert(init != NULL && slots != NULL);
	init->object.kind = KIND_PROCESS;
	process_init(init, slots, count, untyped_take_page(memory), memory);
	init->label = LABEL_KERNEL; /* until it says that boot is over */
	init->instance = INSTANCE_INIT;
	init->budget->process = init;
	init->priority_max = INIT_PRIORITY;
	init->is_started = true; /* its digest is the image's */
	audit_incarnation(INSTANCE_INIT, LABEL_INIT);
	return init;
}

/* What the tables leave below the kernel, and what boot itself stands in: nobody gets it before
 * init runs. */
static struct untyped *
make_rest(struct untyped *memory)
{
	struct untyped *rest = untyped_take(memory, sizeof(*rest));

	kernel_assert(rest != NULL);
	rest->object.kind = KIND_UNTYPED;
	untyped_init(rest, page_round(low), arch_pointer(arch_kernel_resident()));
	return rest;
}

/* The end of RAM has the last panic, and before it memory for devices. */
static paddr_t
memory_end(void)
{
	paddr_t end = board.ram_base + board.ram_bytes - PANIC_BYTES;

	for (uint32_t i = 0; i < board.device_count; i++) {
		end -= board.devices[i].is_memory ? board.devices[i].size_bytes : 0;
	}
	return end;
}

/* Memory for devices is cleared here: nobody ever makes anything else of it. free: where it begins.
 */
static void
device_frame(const struct board_device *device, struct frame *frame, paddr_t *free)
{
	if (device->is_memory) {
		frame_init(frame, *free, device->size_bytes / PAGE_BYTES, FRAME_DMA);
		memory_clear(arch_pointer(*free), device->size_bytes);
		*free += device->size_bytes;
	} else {
		frame_init(frame, device->base, device->size_bytes / PAGE_BYTES, FRAME_DEVICE);
	}
}

static void
place_devices(struct process *init, struct untyped *memory)
{
	paddr_t free = memory_end();

	for (uint32_t i = 0; i < board.device_count; i++) {
		const struct board_device *device = &board.devices[i];
		struct frame *frame = untyped_take(memory, sizeof(*frame));
		device_frame(device, frame, &free);
		place(init, &frame->object, KIND_FRAME, RIGHT_READ | RIGHT_WRITE);
		if (device->irq == 0) {
			must(slot_skip(&init->table), "init's table is full");
			continue;
		}
		struct irq *irq = untyped_take(memory, sizeof(*irq));
		must(irq_init(irq, device->irq, device->irq_interval_ns),
			"the board has too many interrupt lines");
		place(init, &irq->object, KIND_IRQ, RIGHT_MANAGE);
	}
}

/* The slots that kernel/include/abi/process.h promises, in order. Returns the bundle's. */
static struct slot *
place_all(struct process *init, struct untyped *memory, struct untyped *rest,
	const struct image *image)
{
	place(init, &init->object, KIND_PROCESS, RIGHT_MANAGE);
	place(init, &memory->object, KIND_UNTYPED, RIGHT_MANAGE);
	retype(init, KIND_ENDPOINT, 0);
	retype(init, KIND_NOTIFICATION, 0);
	retype(init, KIND_THREAD, 0);
	retype(init, KIND_REPLY, 0);
	place(init, &rest->object, KIND_UNTYPED, RIGHT_MANAGE);
	struct frame *bundle = untyped_take(memory, sizeof(*bundle));
	frame_init(
		bundle, arch_address(image->bundle), image->bundle_bytes / PAGE_BYTES, FRAME_DATA);
	struct slot *slot = place(init, &bundle->object, KIND_FRAME, RIGHT_READ);
	place(init, audit_object(), KIND_AUDIT, RIGHT_MANAGE);
	place(init, &power, KIND_POWER, RIGHT_MANAGE);
	place(init, trace_object(), KIND_TRACE, RIGHT_MANAGE);
	place(init, policy_object(), KIND_POLICY, RIGHT_MANAGE);
	place_devices(init, memory);
	return slot;
}

/* A fresh frame of init, filled through the direct map. */
static struct slot *
fill_frame(struct process *init, uint32_t pages, const void *bytes, size_t length)
{
	struct slot *slot = retype(init, KIND_FRAME, pages);

	memory_copy(arch_pointer(((struct frame *)slot->object)->address), bytes, length);
	return slot;
}

static void
load_init(struct process *init, const struct program_header *program)
{
	const uint8_t *text = (const uint8_t *)program + sizeof(*program);
	size_t text_bytes = (size_t)program->text_pages * PAGE_BYTES;
	size_t data_bytes = (size_t)program->data_pages * PAGE_BYTES;
	struct slot *slot = fill_frame(init, program->text_pages, text, text_bytes);

	seal(slot);
	map(slot, program->text_vaddr, RIGHT_READ | RIGHT_EXECUTE, "init's text");
	slot = fill_frame(
		init, program->data_pages + program->bss_pages, text + text_bytes, data_bytes);
	map(slot, program->data_vaddr, RIGHT_READ | RIGHT_WRITE, "init's data");
	slot = retype(init, KIND_FRAME, INIT_STACK_PAGES);
	map(slot, PROCESS_STACK - INIT_STACK_PAGES * PAGE_BYTES, RIGHT_READ | RIGHT_WRITE,
		"init's stack");
}

static void
start_init(struct process *init, const struct untyped *memory, const struct image *image)
{
	struct boot_info info = {
		.magic = BOOT_INFO_MAGIC,
		.version = 1,
		.bundle_bytes = image->bundle_bytes,
		.device_count = board.device_count,
		.ram_bytes = board.ram_bytes,
		.free_bytes = untyped_free_bytes(memory),
	};
	struct slot *page = fill_frame(init, 1, &info, sizeof(info));
	struct thread *thread = (struct thread *)init->table.slots[5].object;

	map(page, PROCESS_INFO, RIGHT_READ, "init's information page");
	must(thread_configure(thread, init, HANDLE_PROCESS, PROCESS_BUFFER, INIT_PRIORITY),
		"init's thread");
	must(thread_start(thread, image->init->entry, PROCESS_BUFFER, 0, PROCESS_INFO),
		"init's start");
}

_Noreturn static void
refuse(const char *why)
{
	print("refused: ");
	print(why);
	print("\nuser space does not start; write a good image and reset\n");
	arch_power_off(REFUSED_EXIT_CODE);
}

/* Times and sizes are facts of this boot; `make bench` reads them here. */
static void
greet(const struct image *image, size_t free_bytes, uint64_t checked_ns)
{
	uint64_t kept =
		memory_end() + PANIC_BYTES - board.ram_base - image->bundle_bytes - free_bytes;

	print("Gatehouse on ");
	print(board.name);
	print(": image of ");
	print_number(image->bundle_bytes >> 10);
	print(" KiB verified in ");
	print_decimal(checked_ns, NS_PLACES);
	print(" ms, ready after ");
	print_decimal(arch_clock_ns(), NS_PLACES);
	print(" ms\n");
	print_number(monitor_edges());
	print(" edges in force; the kernel keeps ");
	print_number(kept >> 10);
	print(" KiB\n");
}

/* Below the kernel if it fits there, where nothing else is, else at `*free`. */
static void *
table_place(size_t bytes, uint8_t **free)
{
	uint8_t *start = arch_pointer(arch_kernel_start());
	uint8_t **from = bytes <= (size_t)(start - low) ? &low : free;
	void *table = *from;
	*from += (bytes + OBJECT_ALIGN - 1) / OBJECT_ALIGN * OBJECT_ALIGN;
	return table;
}

/* What the kernel remembers for each edge and instance; returns where free memory begins. */
static uint8_t *
tables_init(const struct image *image, size_t monitor_bytes, uint8_t *free)
{
	monitor_init(image->policies, image->policies_bytes, table_place(monitor_bytes, &free));
	uint32_t instances = monitor_instances();
	uint32_t edges = monitor_edges();
	audit_init(table_place(audit_memory_bytes(instances, edges), &free), instances, edges);
	budget_init(table_place(budget_memory_bytes(instances), &free), instances);
	return page_round(free);
}

void
kernel_main(void)
{
	uint8_t *bundle = arch_pointer(arch_kernel_end());
	uint8_t *ram_end = arch_pointer(memory_end());
	struct image image = {0};

	panic_recall();
	uint64_t start_ns = arch_clock_ns();
	const char *refusal = image_check(bundle, ram_end, &image);

	uint64_t checked_ns = arch_clock_ns() - start_ns;

	if (refusal != NULL) {
		refuse(refusal);
	}
	uint8_t *free = bundle + image.bundle_bytes;
	size_t monitor_bytes = monitor_memory_bytes(image.policies, image.policies_bytes);
	if (image.instances > monitor_bytes || monitor_bytes > (size_t)(ram_end - free) / 2) {
		refuse("the policy needs more memory than the board has");
	}
	low = arch_pointer(board.ram_base);
	free = tables_init(&image, monitor_bytes, free);
	slot_init(arch_pointer(board.ram_base));
	struct untyped *memory = (struct untyped *)(void *)free;
	memory_clear(memory, PAGE_BYTES);
	memory->object.kind = KIND_UNTYPED;
	untyped_init(memory, free, ram_end);
	struct process *init = make_init(memory);
	struct untyped *rest = make_rest(memory);
	struct slot *slot = place_all(init, memory, rest, &image);
	map(slot, BOOT_BUNDLE, RIGHT_READ, "the bundle in init's space");
	load_init(init, image.init);
	start_init(init, memory, &image);
	greet(&image, (size_t)(memory->end - memory->start + rest->end - rest->start), checked_ns);
}
