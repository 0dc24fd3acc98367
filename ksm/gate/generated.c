/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* generated.c: rules that follow from the system and are not written. */
#include "generated.h"

#include <assert.h>

#include "abi/abi.h"
#include "ast.h"
#include "boards.h"
#include "compile.h"
#include "condition.h"
#include "lower_rule.h"
#include "sema.h"

static const struct l1_interface *
core_interface(const struct sema *s, uint32_t id)
{
	assert(s->l1->interfaces[id - 1].id == id);
	return &s->l1->interfaces[id - 1];
}

static const struct l1_method *
core_method(const struct sema *s, uint32_t id, const char *name)
{
	const struct l1_interface *interface = core_interface(s, id);

	for (uint32_t i = 0; i < interface->method_count; i++) {
		if (sema_same(interface->methods[i].name, name)) {
			return &interface->methods[i];
		}
	}
	return NULL;
}

static uint32_t
rule_begin(struct sema *s, const char *text, struct l1_position position)
{
	return lower_rule_add(s,
		(struct l1_rule){.is_generated = true, .text = text, .position = position},
		(struct span){0});
}

static void
cell_add(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target, uint32_t interface,
	const struct l1_method *method, struct l1_condition *condition)
{
	if (rule == 0 || method == NULL || method->is_reserved) {
		return;
	}
	lower_cell_add(s,
		(struct l1_cell){
			.holder = holder,
			.target = target,
			.interface = (uint16_t)interface,
			.method = method->number,
			.event = L1_CALL,
			.condition = condition != NULL ? condition : condition_always(&s->c->arena),
		},
		rule);
}

/* Returns the condition that a field of the call lies in low..high; a kernel.core without the
 * method or the field is an error. */
static struct l1_condition *
field_in(
	struct sema *s, const struct l1_method *method, const char *name, int64_t low, int64_t high)
{
	struct vector ranges = {0};
	struct l1_range *range = vector_push(&ranges, &s->c->arena, sizeof *range);

	range->low = low;
	range->high = high;
	for (uint32_t i = 0; method != NULL && i < method->call.field_count; i++) {
		if (sema_same(method->call.fields[i].name, name)) {
			return condition_in(&s->c->arena, &method->call.fields[i], &ranges,
				(struct l1_position){0});
		}
	}
	if (s->c->diags.error_count == 0) {
		diag_error(s->c, span_of_file(s->core->source), "N5",
			"this is another kernel's: a method that every system needs has no field "
			"`%s`",
			name);
	}
	return condition_never(&s->c->arena);
}

static void
methods_add(struct sema *s, uint32_t rule, uint16_t holder, uint16_t target, uint32_t interface,
	const struct l1_method *except)
{
	const struct l1_interface *i = core_interface(s, interface);

	for (uint32_t m = 0; m < i->method_count; m++) {
		if (&i->methods[m] != except) {
			cell_add(s, rule, holder, target, interface, &i->methods[m], NULL);
		}
	}
}

/*
 * Until init says that boot is over, the kernel takes it for a part of itself (Power.run), and it
 * makes everything there is; what runs where is for the digests to say.
 */
static void
boot_add(struct sema *s, struct l1_position at)
{
	static const struct {
		uint32_t kind;
		bool is_init_only; /* of the boot process itself, not of instances */
		const char *text;
	} rules[] = {
		{KIND_UNTYPED, false, "allow kernel -> any : untyped.*"},
		{KIND_PROCESS, false, "allow kernel -> any : process.* except start"},
		{KIND_THREAD, false, "allow kernel -> any : thread.*"},
		{KIND_ENDPOINT, false, "allow kernel -> any : endpoint.*"},
		{KIND_NOTIFICATION, false, "allow kernel -> any : notification.*"},
		{KIND_FRAME, false, "allow kernel -> any : frame.*"},
		{KIND_IRQ, true, "allow kernel -> init : irq.*"},
		{KIND_REPLY, false, "allow kernel -> any : reply.*"},
		{KIND_AUDIT, true, "allow kernel -> init : audit.*"},
		{KIND_POWER, true, "allow kernel -> init : power.*"},
		{KIND_TRACE, true, "allow kernel -> init : trace.*"},
		{KIND_POLICY, true, "allow kernel -> init : policy.*"},
	};
	const struct l1_method *start = core_method(s, KIND_PROCESS, "start");
	uint32_t rule;

	for (uint32_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		uint32_t end = rules[i].is_init_only ? LABEL_INIT + 1 : s->l1->label_count;

		rule = rule_begin(s, rules[i].text, at);
		for (uint32_t label = LABEL_INIT; label < end; label++) {
			enum l1_label_kind kind = s->l1->labels[label].kind;

			if (kind == L1_LABEL_INSTANCE ||
				(kind == L1_LABEL_DEVICE && rules[i].kind == KIND_FRAME)) {
				methods_add(s, rule, LABEL_KERNEL, (uint16_t)label, rules[i].kind,
					start);
			}
		}
	}
	rule = rule_begin(s, "allow kernel -> init : fault.*", at);
	methods_add(s, rule, LABEL_KERNEL, LABEL_INIT, INTERFACE_FAULT, NULL);
}

/* What init needs to start anew an instance whose lasting objects it made at boot. */
static const struct {
	uint32_t interface;
	const char *method;
} init_methods[] = {
	{KIND_UNTYPED, "reset"},
	{KIND_PROCESS, "grant"},
	{KIND_PROCESS, "map"},
	{KIND_PROCESS, "stop"},
	{KIND_PROCESS, "budget"},
	{KIND_THREAD, "configure"},
	{KIND_THREAD, "start"},
	{KIND_ENDPOINT, "restart"},
	{KIND_ENDPOINT, "close"},
	{KIND_FRAME, "map"},
	{KIND_FRAME, "unmap"},
	{KIND_FRAME, "seal"},
	{KIND_REPLY, "hold"},
};

static void
init_add_instance(struct sema *s, const struct l1_instance *instance)
{
	const struct l1_method *retype = core_method(s, KIND_UNTYPED, "retype");
	const struct l1_method *configure = core_method(s, KIND_PROCESS, "configure");
	uint32_t rule = rule_begin(s,
		arena_format(&s->c->arena,
			"allow init -> %s : untyped.{retype(label = 0), reset}, process.{grant, "
			"map, "
			"stop, budget, configure(as %s)}, thread.{configure, start}, endpoint.*, "
			"frame.*, "
			"reply.hold",
			instance->name, instance->name),
		instance->position);
	struct l1_condition *identity;

	for (uint32_t i = 0; i < sizeof init_methods / sizeof init_methods[0]; i++) {
		uint32_t interface = init_methods[i].interface;

		cell_add(s, rule, LABEL_INIT, instance->label, interface,
			core_method(s, interface, init_methods[i].method), NULL);
	}
	cell_add(s, rule, LABEL_INIT, instance->label, KIND_UNTYPED, retype,
		field_in(s, retype, "label", 0, 0));
	identity = condition_and(&s->c->arena,
		field_in(s, configure, "label", instance->label, instance->label),
		field_in(s, configure, "instance", instance->number, instance->number));
	cell_add(s, rule, LABEL_INIT, instance->label, KIND_PROCESS, configure, identity);
}

/* init behind boot: the accounts of the instances, and the machine's life. No raw memory. */
static void
init_add(struct sema *s, struct l1_position at)
{
	uint32_t rule =
		rule_begin(s, "allow init -> init : power.{heartbeat, reset}, reply.hold", at);

	cell_add(s, rule, LABEL_INIT, LABEL_INIT, KIND_POWER,
		core_method(s, KIND_POWER, "heartbeat"), NULL);
	cell_add(s, rule, LABEL_INIT, LABEL_INIT, KIND_POWER, core_method(s, KIND_POWER, "reset"),
		NULL);
	cell_add(s, rule, LABEL_INIT, LABEL_INIT, KIND_REPLY, core_method(s, KIND_REPLY, "hold"),
		NULL);
	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		init_add_instance(s, &s->l1->instances[i]);
	}
}

/* Little-endian words of the digest, as Process.start carries them. */
static int64_t
digest_word(const uint8_t *digest, uint32_t index)
{
	uint64_t word = 0;

	for (uint32_t i = 0; i < 8; i++) {
		word |= (uint64_t)digest[index * 8 + i] << (8 * i);
	}
	return (int64_t)word;
}

static void
start_add(struct sema *s, const struct l1_instance *instance)
{
	static const char *const fields[] = {"digest0", "digest1", "digest2", "digest3"};
	const struct l1_method *start = core_method(s, KIND_PROCESS, "start");
	struct l1_condition *condition = condition_always(&s->c->arena);
	uint32_t rule;

	if (instance->digest == NULL || start == NULL) {
		return;
	}
	for (uint32_t i = 0; i < 4; i++) {
		int64_t word = digest_word(instance->digest, i);

		condition = condition_and(
			&s->c->arena, condition, field_in(s, start, fields[i], word, word));
	}
	rule = rule_begin(s,
		arena_format(&s->c->arena,
			"allow {kernel, init} -> %s : process.start(SHA-256 of %s)", instance->name,
			instance->class->program),
		instance->position);
	cell_add(s, rule, LABEL_KERNEL, instance->label, KIND_PROCESS, start, condition);
	cell_add(s, rule, LABEL_INIT, instance->label, KIND_PROCESS, start, condition);
}

struct own_rule {
	const char *text;
	uint32_t interface;
	const char *method; /* NULL: all */
};

static const struct own_rule own_rules[] = {
	{"allow any except init -> self : untyped.info", KIND_UNTYPED, "info"},
	{"allow any except init -> self : process.exit", KIND_PROCESS, "exit"},
	{"allow any except init -> self : process.unmap", KIND_PROCESS, "unmap"},
	{"allow any except init -> self : process.delete", KIND_PROCESS, "delete"},
	{"allow any except init -> self : process.revoke", KIND_PROCESS, "revoke"},
	{"allow any except init -> self : process.move", KIND_PROCESS, "move"},
	{"allow any except init -> self : thread.*", KIND_THREAD, NULL},
	{"allow any except init -> self : frame.unmap", KIND_FRAME, "unmap"},
	{"allow any except init -> self : notification.*", KIND_NOTIFICATION, NULL},
	{"allow any except init -> self : reply.hold", KIND_REPLY, "hold"},
};

/* What it may make of its account: nothing that could hold a capability or run by itself. */
static struct l1_condition *
retype_condition(struct sema *s, const struct l1_method *retype)
{
	static const uint32_t kinds[] = {KIND_THREAD, KIND_FRAME, KIND_NOTIFICATION, KIND_REPLY};
	struct l1_condition *condition = condition_never(&s->c->arena);

	for (uint32_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		condition = condition_or(
			&s->c->arena, condition, field_in(s, retype, "kind", kinds[i], kinds[i]));
	}
	return condition_and(&s->c->arena, field_in(s, retype, "label", 0, 0), condition);
}

static void
own_add(struct sema *s, struct l1_position at)
{
	const struct l1_method *retype = core_method(s, KIND_UNTYPED, "retype");
	const struct l1_method *map = core_method(s, KIND_FRAME, "map");
	uint32_t retype_rule = rule_begin(s,
		"allow any except init -> self : untyped.retype(label = 0, kind in {Thread, "
		"Frame, Notification, Reply})",
		at);
	uint32_t map_rule =
		rule_begin(s, "allow any except init -> self : frame.map(rights in 1..3)", at);

	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		uint16_t label = s->l1->instances[i].label;

		cell_add(s, retype_rule, label, label, KIND_UNTYPED, retype,
			retype_condition(s, retype));
		cell_add(s, map_rule, label, label, KIND_FRAME, map,
			field_in(s, map, "rights", RIGHT_READ, RIGHT_READ | RIGHT_WRITE));
	}
	for (uint32_t r = 0; r < sizeof own_rules / sizeof own_rules[0]; r++) {
		uint32_t rule = rule_begin(s, own_rules[r].text, at);

		for (uint32_t i = 1; i < s->l1->instance_count; i++) {
			uint16_t label = s->l1->instances[i].label;

			if (own_rules[r].method == NULL) {
				methods_add(s, rule, label, label, own_rules[r].interface, NULL);
			} else {
				cell_add(s, rule, label, label, own_rules[r].interface,
					core_method(s, own_rules[r].interface, own_rules[r].method),
					NULL);
			}
		}
	}
}

/* Of each label as many as there are. */
static struct l1_condition *
mint_condition(struct sema *s, const struct l1_method *grant, const struct l1_instance *instance)
{
	const struct l1_class *class = instance->class;
	struct arena *a = &s->c->arena;
	struct l1_condition *any = condition_never(a);

	for (uint32_t i = 0; i < class->resource_count; i++) {
		const struct l1_resource *resource = &class->resources[i];
		int64_t label = instance->resource_label + (int64_t)i;
		int64_t badge = (int64_t)resource->gives << BADGE_GIVES_SHIFT | BADGE_RESOURCE;
		uint16_t interface = class->gives[resource->gives].interface;
		struct l1_condition *one =
			condition_and(a, field_in(s, grant, "label", label, label),
				field_in(s, grant, "badge", badge, badge + resource->capacity - 1));

		one = condition_and(a, one, field_in(s, grant, "interface", interface, interface));
		any = condition_or(a, any, one);
	}
	return condition_and(a, field_in(s, grant, "rights", RIGHT_SEND, RIGHT_SEND), any);
}

/* A server makes capabilities of what it gives, with its labels and no others. */
static void
mint_add(struct sema *s, const struct l1_instance *instance)
{
	const struct l1_method *grant = core_method(s, KIND_PROCESS, "grant");
	uint32_t rule;

	if (instance->class->resource_count == 0) {
		return;
	}
	rule = rule_begin(s,
		arena_format(&s->c->arena,
			"allow %s -> self : process.grant(its labels, rights = %u)", instance->name,
			RIGHT_SEND),
		instance->position);
	cell_add(s, rule, instance->label, instance->label, KIND_PROCESS, grant,
		mint_condition(s, grant, instance));
}

static bool
gives_ask(const struct l1 *l1, const struct l1_class *class)
{
	bool is_asked = false;

	for (uint32_t i = 0; i < class->gives_count; i++) {
		for (uint32_t n = 0; n < l1->interface_count; n++) {
			const struct l1_interface *interface = &l1->interfaces[n];

			for (uint32_t m = 0; class->gives[i].interface == interface->id &&
					     m < interface->method_count;
				m++) {
				is_asked = is_asked || interface->methods[m].is_ask;
			}
		}
	}
	return is_asked;
}

/* A server asks about its clients, and about what is its own. */
static void
ask_add(struct sema *s, const struct l1_instance *instance)
{
	const struct l1_method *ask = core_method(s, KIND_REPLY, "ask");
	int64_t last = (int64_t)instance->resource_label + instance->class->resource_count - 1;
	struct l1_condition *condition;
	uint32_t rule;

	if (!gives_ask(s->l1, instance->class)) {
		return;
	}
	rule = rule_begin(s,
		arena_format(&s->c->arena,
			"allow %s -> self : reply.ask(target = self or its labels)",
			instance->name),
		instance->position);
	condition = field_in(s, ask, "target", instance->label, instance->label);
	if (instance->class->resource_count != 0) {
		condition = condition_or(&s->c->arena, condition,
			field_in(s, ask, "target", instance->resource_label, last));
	}
	cell_add(s, rule, instance->label, instance->label, KIND_REPLY, ask, condition);
}

static void
registers_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device,
	uint32_t rights)
{
	const struct l1_method *map = core_method(s, KIND_FRAME, "map");
	uint32_t rule = rule_begin(s,
		arena_format(&s->c->arena,
			rights == RIGHT_READ ? "allow %s -> %s : frame.map(rights = %u)"
					     : "allow %s -> %s : frame.map(rights in 1..%u)",
			instance->name, device->name, rights),
		instance->position);

	cell_add(s, rule, instance->label, device->label, KIND_FRAME, map,
		field_in(s, map, "rights", RIGHT_READ, rights));
}

static void
all_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device,
	uint32_t interface, const char *word)
{
	uint32_t rule = rule_begin(s,
		arena_format(
			&s->c->arena, "allow %s -> %s : %s.*", instance->name, device->name, word),
		instance->position);

	methods_add(s, rule, instance->label, device->label, interface, NULL);
}

/* The machine's life is the supervisor's business; its end may be another's. */
static void
power_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device)
{
	uint32_t rule = rule_begin(s,
		arena_format(&s->c->arena, "allow %s -> %s : power.{off, reset}", instance->name,
			device->name),
		instance->position);

	cell_add(s, rule, instance->label, device->label, KIND_POWER,
		core_method(s, KIND_POWER, "off"), NULL);
	cell_add(s, rule, instance->label, device->label, KIND_POWER,
		core_method(s, KIND_POWER, "reset"), NULL);
}

static void
device_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device)
{
	uint32_t rule;

	if (device->is_board && s->board->devices[device->index].is_memory) {
		all_add(s, instance, device, KIND_FRAME, "frame");
	} else if (device->is_board) {
		registers_add(s, instance, device, RIGHT_READ | RIGHT_WRITE);
		rule = rule_begin(s,
			arena_format(&s->c->arena, "allow %s -> %s : frame.unmap", instance->name,
				device->name),
			instance->position);
		cell_add(s, rule, instance->label, device->label, KIND_FRAME,
			core_method(s, KIND_FRAME, "unmap"), NULL);
		all_add(s, instance, device, KIND_IRQ, "irq");
	} else if (sema_same(device->name, "policy")) {
		registers_add(s, instance, device, RIGHT_READ);
	} else if (sema_same(device->name, "monitor")) {
		all_add(s, instance, device, KIND_AUDIT, "audit");
	} else if (sema_same(device->name, "trace")) {
		all_add(s, instance, device, KIND_TRACE, "trace");
	} else if (sema_same(device->name, "swap")) {
		all_add(s, instance, device, KIND_POLICY, "policy");
	} else {
		power_add(s, instance, device);
	}
}

void
generated_rules(struct sema *s)
{
	struct l1_position at = sema_position(s, s->system->word);

	boot_add(s, at);
	init_add(s, at);
	own_add(s, at);
	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		const struct l1_instance *instance = &s->l1->instances[i];

		start_add(s, instance);
		mint_add(s, instance);
		ask_add(s, instance);
		for (uint32_t n = 0; n < instance->class->device_count; n++) {
			device_add(s, instance, &instance->class->devices[n]);
		}
	}
}
