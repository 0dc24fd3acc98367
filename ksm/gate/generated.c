/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* generated.c: rules that follow from the system and are not written. */
#include "generated.h"

#include "abi/abi.h"
#include "ast.h"
#include "boards.h"
#include "compile.h"
#include "condition.h"
#include "digest.h"
#include "generated_cell.h"
#include "sema.h"

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
	const struct l1_method *start = generated_method(s, KIND_PROCESS, "start");
	uint32_t rule;

	for (uint32_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
		uint32_t end = rules[i].is_init_only ? LABEL_INIT + 1 : s->l1->label_count;

		rule = generated_begin(s, rules[i].text, at);
		for (uint32_t label = LABEL_INIT; label < end; label++) {
			enum l1_label_kind kind = s->l1->labels[label].kind;

			if (kind == L1_LABEL_INSTANCE ||
				(kind == L1_LABEL_DEVICE && rules[i].kind == KIND_FRAME)) {
				generated_all(s, rule, LABEL_KERNEL, (uint16_t)label, rules[i].kind,
					start);
			}
		}
	}
	rule = generated_begin(s, "allow kernel -> init : fault.*", at);
	generated_all(s, rule, LABEL_KERNEL, LABEL_INIT, INTERFACE_FAULT, NULL);
}

/* What init needs to start anew an instance whose lasting objects it made at boot. */
static const struct {
	uint32_t interface;
	const char *method;
} init_methods[] = {
	{KIND_UNTYPED, "reset"},
	{KIND_UNTYPED, "info"},
	{KIND_PROCESS, "grant"},
	{KIND_PROCESS, "map"},
	{KIND_PROCESS, "stop"},
	{KIND_PROCESS, "budget"},
	{KIND_THREAD, "configure"},
	{KIND_THREAD, "inform"},
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
	const struct l1_method *retype = generated_method(s, KIND_UNTYPED, "retype");
	const struct l1_method *configure = generated_method(s, KIND_PROCESS, "configure");
	uint32_t rule = generated_begin(s,
		arena_format(&s->c->arena,
			"allow init -> %s : untyped.{retype(label = 0), reset, info}, "
			"process.{grant, "
			"map, "
			"stop, budget, configure(as %s%s)}, thread.{configure, inform, start}, "
			"endpoint.*, "
			"frame.*, "
			"reply.hold",
			instance->name, instance->name,
			instance->class->is_timeless ? ", timeless" : ""),
		instance->position);
	struct l1_condition *identity;

	for (uint32_t i = 0; i < sizeof init_methods / sizeof init_methods[0]; i++) {
		uint32_t interface = init_methods[i].interface;

		generated_named(
			s, rule, LABEL_INIT, instance->label, interface, init_methods[i].method);
	}
	generated_cell(s, rule, LABEL_INIT, instance->label, KIND_UNTYPED, retype,
		generated_field(s, retype, "label", 0, 0));
	identity = condition_and(&s->c->arena,
		generated_field(s, configure, "label", instance->label, instance->label),
		generated_field(s, configure, "instance", instance->number, instance->number));
	identity = condition_and(&s->c->arena, identity,
		generated_field(s, configure, "timeless", instance->class->is_timeless, 1));
	generated_cell(s, rule, LABEL_INIT, instance->label, KIND_PROCESS, configure, identity);
}

/* Who asks init in the name of others hears that a program has ended. */
static void
init_add_client(struct sema *s, const struct l1_instance *instance)
{
	for (uint32_t i = 0; i < instance->wire_count; i++) {
		if (instance->wires[i].target == 0) {
			uint32_t rule = generated_begin(s,
				arena_format(&s->c->arena, "allow init -> %s : notification.signal",
					instance->name),
				instance->position);

			generated_named(
				s, rule, LABEL_INIT, instance->label, KIND_NOTIFICATION, "signal");
			return;
		}
	}
}

/* init behind boot: the accounts of the instances, and the machine's life. No raw memory. */
static void
init_add(struct sema *s, struct l1_position at)
{
	uint32_t rule =
		generated_begin(s, "allow init -> init : power.{heartbeat, reset}, reply.hold", at);

	generated_named(s, rule, LABEL_INIT, LABEL_INIT, KIND_POWER, "heartbeat");
	generated_named(s, rule, LABEL_INIT, LABEL_INIT, KIND_POWER, "reset");
	generated_named(s, rule, LABEL_INIT, LABEL_INIT, KIND_REPLY, "hold");
	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		init_add_instance(s, &s->l1->instances[i]);
		init_add_client(s, &s->l1->instances[i]);
	}
}

static void
start_add(struct sema *s, const struct l1_instance *instance, const struct vector *written)
{
	static const char *const fields[] = {"digest0", "digest1", "digest2", "digest3"};
	const struct l1_method *start = generated_method(s, KIND_PROCESS, "start");
	struct l1_condition *condition = condition_always(&s->c->arena);
	uint32_t rule;

	if (instance->digest == NULL || start == NULL) {
		return;
	}
	for (uint32_t i = 0; i < 4; i++) {
		int64_t word = digest_word(instance->digest, i);

		condition = condition_and(
			&s->c->arena, condition, generated_field(s, start, fields[i], word, word));
	}
	rule = generated_begin(s,
		arena_format(&s->c->arena,
			"allow {kernel, init} -> %s : process.start(SHA-256 of %s)", instance->name,
			instance->class->program),
		instance->position);
	generated_cell(s, rule, LABEL_KERNEL, instance->label, KIND_PROCESS, start, condition);
	if (!generated_written(s, written, LABEL_INIT, instance->label, "start", condition)) {
		generated_cell(
			s, rule, LABEL_INIT, instance->label, KIND_PROCESS, start, condition);
	}
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
		condition = condition_or(&s->c->arena, condition,
			generated_field(s, retype, "kind", kinds[i], kinds[i]));
	}
	return condition_and(&s->c->arena, generated_field(s, retype, "label", 0, 0), condition);
}

static void
own_add(struct sema *s, struct l1_position at, const struct vector *written)
{
	const struct l1_method *retype = generated_method(s, KIND_UNTYPED, "retype");
	const struct l1_method *map = generated_method(s, KIND_FRAME, "map");
	uint32_t retype_rule = generated_begin(s,
		"allow any except init -> self : untyped.retype(label = 0, kind in {Thread, "
		"Frame, Notification, Reply})",
		at);
	uint32_t map_rule =
		generated_begin(s, "allow any except init -> self : frame.map(rights in 1..3)", at);

	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		uint16_t label = s->l1->instances[i].label;

		generated_cell(s, retype_rule, label, label, KIND_UNTYPED, retype,
			retype_condition(s, retype));
		generated_cell(s, map_rule, label, label, KIND_FRAME, map,
			generated_field(s, map, "rights", RIGHT_READ, RIGHT_READ | RIGHT_WRITE));
	}
	for (uint32_t r = 0; r < sizeof own_rules / sizeof own_rules[0]; r++) {
		uint32_t rule = generated_begin(s, own_rules[r].text, at);

		for (uint32_t i = 1; i < s->l1->instance_count; i++) {
			uint16_t label = s->l1->instances[i].label;

			if (own_rules[r].method != NULL && own_rules[r].interface == KIND_PROCESS &&
				generated_written(
					s, written, label, label, own_rules[r].method, NULL)) {
				continue; /* R21 */
			}
			if (own_rules[r].method == NULL) {
				generated_all(s, rule, label, label, own_rules[r].interface, NULL);
			} else {
				generated_named(s, rule, label, label, own_rules[r].interface,
					own_rules[r].method);
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
		struct l1_condition *one = condition_and(a,
			generated_field(s, grant, "label", label, label),
			generated_field(s, grant, "badge", badge, badge + resource->capacity - 1));

		one = condition_and(
			a, one, generated_field(s, grant, "interface", interface, interface));
		any = condition_or(a, any, one);
	}
	return condition_and(a, generated_field(s, grant, "rights", RIGHT_SEND, RIGHT_SEND), any);
}

/* A server makes capabilities of what it gives, with its labels and no others. */
static void
mint_add(struct sema *s, const struct l1_instance *instance)
{
	const struct l1_method *grant = generated_method(s, KIND_PROCESS, "grant");
	uint32_t rule;

	if (instance->class->resource_count == 0) {
		return;
	}
	rule = generated_begin(s,
		arena_format(&s->c->arena,
			"allow %s -> self : process.grant(its labels, rights = %u)", instance->name,
			RIGHT_SEND),
		instance->position);
	generated_cell(s, rule, instance->label, instance->label, KIND_PROCESS, grant,
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
	const struct l1_method *ask = generated_method(s, KIND_REPLY, "ask");
	int64_t last = (int64_t)instance->resource_label + instance->class->resource_count - 1;
	struct l1_condition *condition;
	uint32_t rule;

	if (!gives_ask(s->l1, instance->class)) {
		return;
	}
	rule = generated_begin(s,
		arena_format(&s->c->arena,
			"allow %s -> self : reply.ask(target = self or its labels)",
			instance->name),
		instance->position);
	condition = generated_field(s, ask, "target", instance->label, instance->label);
	if (instance->class->resource_count != 0) {
		condition = condition_or(&s->c->arena, condition,
			generated_field(s, ask, "target", instance->resource_label, last));
	}
	generated_cell(s, rule, instance->label, instance->label, KIND_REPLY, ask, condition);
}

static void
registers_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device,
	uint32_t rights)
{
	const struct l1_method *map = generated_method(s, KIND_FRAME, "map");
	uint32_t rule = generated_begin(s,
		arena_format(&s->c->arena,
			rights == RIGHT_READ ? "allow %s -> %s : frame.map(rights = %u)"
					     : "allow %s -> %s : frame.map(rights in 1..%u)",
			instance->name, device->name, rights),
		instance->position);

	generated_cell(s, rule, instance->label, device->label, KIND_FRAME, map,
		generated_field(s, map, "rights", RIGHT_READ, rights));
}

static void
all_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device,
	uint32_t interface, const char *word)
{
	uint32_t rule = generated_begin(s,
		arena_format(
			&s->c->arena, "allow %s -> %s : %s.*", instance->name, device->name, word),
		instance->position);

	generated_all(s, rule, instance->label, device->label, interface, NULL);
}

/* The machine's life is the supervisor's business; its end may be another's. */
static void
power_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device)
{
	uint32_t rule = generated_begin(s,
		arena_format(&s->c->arena, "allow %s -> %s : power.{off, reset}", instance->name,
			device->name),
		instance->position);

	generated_named(s, rule, instance->label, device->label, KIND_POWER, "off");
	generated_named(s, rule, instance->label, device->label, KIND_POWER, "reset");
}

static void
device_add(struct sema *s, const struct l1_instance *instance, const struct l1_device *device)
{
	uint32_t rule;

	if (device->is_board && s->board->devices[device->index].is_memory) {
		all_add(s, instance, device, KIND_FRAME, "frame");
	} else if (device->is_board) {
		registers_add(s, instance, device, RIGHT_READ | RIGHT_WRITE);
		rule = generated_begin(s,
			arena_format(&s->c->arena, "allow %s -> %s : frame.unmap", instance->name,
				device->name),
			instance->position);
		generated_named(s, rule, instance->label, device->label, KIND_FRAME, "unmap");
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
	struct vector written = {0};

	generated_collect(s, &written);
	boot_add(s, at);
	init_add(s, at);
	own_add(s, at, &written);
	for (uint32_t i = 1; i < s->l1->instance_count; i++) {
		const struct l1_instance *instance = &s->l1->instances[i];

		start_add(s, instance, &written);
		mint_add(s, instance);
		ask_add(s, instance);
		for (uint32_t n = 0; n < instance->class->device_count; n++) {
			device_add(s, instance, &instance->class->devices[n]);
		}
	}
}
