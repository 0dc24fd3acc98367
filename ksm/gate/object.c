/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* object.c: what a policy remembers: states of objects by key, and what rules say of them. */
#include "object.h"

#include "abi/abi.h"
#include "ast.h"
#include "ast_decl.h"
#include "compile.h"
#include "condition_text.h"
#include "limit.h"
#include "object_id.h"
#include "resource.h"
#include "scope.h"
#include "sema.h"

static const char *
object_word(const struct object_info *object)
{
	return ast_item_word(object->symbol->item->kind);
}

struct object_info *
object_find(const struct unit *unit, const struct ast_qname *name)
{
	const struct symbol *symbol = scope_find(unit, name, SCOPE_OTHER);

	return symbol == NULL ? NULL : symbol->object;
}

struct object_info *
object_get(struct sema *s, const struct unit *unit, const struct ast_qname *name, uint32_t kinds,
	const char *wanted)
{
	struct object_info *object = object_find(unit, name);
	struct vector names = {0};
	struct diag *d;

	if (object != NULL && (kinds >> object->l1.kind & 1) != 0) {
		return object;
	}
	if (object != NULL) {
		diag_help(diag_error(s->c, name->span, "O3", "`%s` is a %s, here stands %s",
				  name->text, object_word(object), wanted),
			"name an object of that kind, or declare one");
		return NULL;
	}
	for (const struct object_info *o = s->objects; o != NULL; o = o->next) {
		if ((kinds >> o->l1.kind & 1) != 0) {
			*(const char **)vector_push(&names, &s->c->arena, sizeof(char *)) =
				o->l1.name;
		}
	}
	d = diag_error(
		s->c, name->span, "O3", "`%s` is not declared; here stands %s", name->text, wanted);
	diag_suggest(d, name->text, names.elements, names.count);
	return NULL;
}

/* How conditions see it. */
static struct l1_field *
state_field(struct arena *a, const struct l1_object *object)
{
	struct l1_field *field = arena_alloc(a, sizeof *field);

	*field = (struct l1_field){
		.name = object->name,
		.kind = L1_INTEGER,
		.width_bytes = 8,
		.high = INT64_MAX,
	};

	switch (object->kind) {
	case L1_LATCH:
		field->kind = L1_BOOL;
		field->high = 1;
		break;
	case L1_COUNTER:
	case L1_LIMIT:
		field->high = (int64_t)object->amount;
		break;
	case L1_MACHINE:
		field->kind = L1_ENUM;
		field->high = (int64_t)object->count - 1;
		field->names = object->names;
		field->name_count = object->count;
		break;
	default:
		break; /* no test looks at it */
	}
	return field;
}

struct object_key
object_key_of(const struct instance_info *server, uint16_t holder, uint16_t target,
	uint16_t interface, bool is_ask)
{
	struct object_key key = {.holder = holder,
		.target = target,
		.interface = interface,
		.server = server,
		.is_ask = is_ask};

	if (server != NULL) {
		key.target = (uint16_t)(LABEL_INIT + server->number);
		key.resource = target == key.target ? 0 : target;
	}
	return key;
}

/* The index of the label for which the object keeps its state, in its server's class. */
static uint32_t
object_label(const struct l1_object *object, const struct instance_info *server)
{
	return resource_index(server->class, object->label);
}

static struct object_key
key_narrow(const struct l1_object *object, struct object_key key)
{
	enum l1_key kind = object->key;
	struct object_key narrow = {0};
	uint32_t index;

	if (kind == L1_KEY_LABEL) {
		index = object_label(object, key.server);
		narrow.holder = (uint16_t)(LABEL_INIT + key.server->number);
		narrow.target = (uint16_t)(key.server->resource_label + index);
	}

	if (kind == L1_KEY_CLIENT || kind == L1_KEY_EDGE) {
		narrow.holder = key.holder;
	}
	if (kind == L1_KEY_SERVER || kind == L1_KEY_EDGE) {
		narrow.target = key.target;
	}
	if (kind == L1_KEY_EDGE) {
		narrow.interface = key.interface;
		narrow.resource = key.resource;
	}
	return narrow;
}

static uint32_t
cell_count(const struct l1_object *object, struct object_key key)
{
	const struct l1_resource *labels;

	if (object->key != L1_KEY_LABEL) {
		return 1;
	}
	labels = key.server->class->resources.elements;
	return labels[object_label(object, key.server)].capacity;
}

/* Of one cell: format_state.h. */
static uint32_t
words_of(const struct l1_object *object)
{
	switch (object->kind) {
	case L1_WINDOW:
		return 1 + object->count;
	case L1_SET:
		return object->count;
	default:
		return 1;
	}
}

struct l1_state *
object_state(struct sema *s, struct object_info *object, struct object_key key)
{
	struct object_key narrow = key_narrow(&object->l1, key);
	struct l1_state **states = object->states.elements;
	struct l1_state *state;
	for (uint32_t i = 0; i < object->states.count; i++) {
		if (states[i]->holder == narrow.holder && states[i]->target == narrow.target &&
			states[i]->interface == narrow.interface &&
			states[i]->resource == narrow.resource) {
			return states[i];
		}
	}
	state = arena_alloc(&s->c->arena, sizeof *state);
	*state = (struct l1_state){
		.object = &object->l1,
		.holder = narrow.holder,
		.target = narrow.target,
		.interface = narrow.interface,
		.resource = narrow.resource,
		.word_count = words_of(&object->l1),
		.cell_count = cell_count(&object->l1, key),
		.field = state_field(&s->c->arena, &object->l1),
	};
	state->field->state = state;
	*(struct l1_state **)vector_push(&object->states, &s->c->arena, sizeof state) = state;
	return state;
}

const struct l1_field *
object_field(struct sema *s, struct object_info *object, struct object_key key,
	const struct l1_field *index)
{
	const struct l1_state *state = object_state(s, object, key);
	struct l1_field **indexed = object->indexed.elements;
	struct l1_field *field;

	if (index == NULL) {
		return state->field;
	}
	for (uint32_t i = 0; i < object->indexed.count; i++) {
		if (indexed[i]->state == state && indexed[i]->index == index) {
			return indexed[i];
		}
	}
	field = arena_alloc(&s->c->arena, sizeof *field);
	*field = *state->field;
	field->name = arena_format(&s->c->arena, "%s[%s]", object->l1.name, index->name);
	field->index = index;
	*(struct l1_field **)vector_push(&object->indexed, &s->c->arena, sizeof field) = field;
	return field;
}

const struct l1_field *
object_member(struct sema *s, struct object_info *object, struct object_key key,
	const struct l1_field *index, const struct l1_field *field)
{
	const struct l1_state *state = object_state(s, object, key);
	struct l1_field **members = object->members.elements;
	struct l1_field *member;

	for (uint32_t i = 0; i < object->members.count; i++) {
		if (members[i]->state == state && members[i]->index == index &&
			members[i]->member == field) {
			return members[i];
		}
	}
	member = arena_alloc(&s->c->arena, sizeof *member);
	*member = (struct l1_field){
		.name = arena_format(&s->c->arena, "%s in %s",
			condition_field_text(&s->c->arena, field), object->l1.name),
		.kind = L1_BOOL,
		.offset_bytes = field->offset_bytes,
		.width_bytes = 1,
		.is_secret = field->is_secret,
		.high = 1,
		.state = state,
		.member = field,
		.index = index,
	};
	*(struct l1_field **)vector_push(&object->members, &s->c->arena, sizeof member) = member;
	return member;
}

int64_t
object_state_number(
	struct sema *s, const struct object_info *object, const char *name, struct span at)
{
	const char **names = arena_array(&s->c->arena, object->l1.count, sizeof *names);
	struct diag *d;

	for (uint32_t i = 0; i < object->l1.count; i++) {
		names[i] = object->l1.names[i].name;
		if (sema_same(names[i], name)) {
			return i;
		}
	}
	d = diag_error(s->c, at, "S24", "machine `%s` has no state `%s`", object->l1.name, name);
	if (!diag_suggest(d, name, names, object->l1.count)) {
		diag_help(d, "list a move to it: `%s -> %s`", names[0], name);
	}
	return -1;
}

void
object_use(struct sema *s, const struct l1_state *used)
{
	struct l1_state *state = (struct l1_state *)(uintptr_t)used;
	struct l1 *l1 = s->l1;

	if (state == NULL || state->is_used) {
		return;
	}
	state->is_used = true;
	*(struct l1_state **)vector_push(&s->states, &s->c->arena, sizeof state) = state;
	l1->state_count++;
}

static void
condition_use(struct sema *s, const struct l1_condition *condition)
{
	if (condition->field != NULL) {
		object_use(s, condition->field->state);
	}
	for (uint32_t i = 0; i < condition->part_count; i++) {
		condition_use(s, condition->parts[i]);
	}
}

void
objects_number(struct sema *s)
{
	const struct l1 *l1 = s->l1;

	for (uint32_t i = 0; i < l1->cell_count; i++) {
		condition_use(s, l1->cells[i].condition);
		for (uint32_t e = 0; e < l1_effect_count(&l1->cells[i]); e++) {
			object_use(s, l1_effects(&l1->cells[i])[e].state);
		}
		object_use(s, l1_first(&l1->cells[i]));
	}
	limits_count(s);
	s->l1->states = s->states.elements;
	object_ids(s);
}

static void
machine_check(struct sema *s, const struct object_info *object)
{
	for (uint32_t i = 1; i < object->l1.count; i++) {
		struct diag *d;

		if ((object->l1.entered >> i & 1) != 0) {
			continue;
		}
		d = diag_error(s->c, object->symbol->item->object->name.span, "S24",
			"no rule enters state `%s` of `%s`", object->l1.names[i].name,
			object->l1.name);
		diag_help(d, "add `reply then enter %s %s` to the rule that leads there",
			object->l1.name, object->l1.names[i].name);
		return;
	}
}

/* An object of another unit may be there for others. */
void
objects_check(struct sema *s)
{
	static const char *const effect_forms[] = {
		[L1_BUCKET] = "then take %s",
		[L1_WINDOW] = "then take %s",
		[L1_LATCH] = "then hold %s",
		[L1_COUNTER] = "then add %s 1",
		[L1_SET] = "then insert %s FIELD",
		[L1_MACHINE] = "reply then enter %s STATE",
	};

	for (const struct object_info *o = s->objects; o != NULL; o = o->next) {
		bool is_used = o->l1.is_tested || o->l1.is_changed;

		if (!is_used && o->symbol->unit != s->root) {
			continue;
		}
		if (!o->l1.is_changed) {
			struct diag *d = diag_error(s->c, o->symbol->item->object->name.span, "O4",
				"no rule changes %s `%s`", object_word(o), o->l1.name);

			diag_help(d, "write it behind a rule: `%s`",
				arena_format(&s->c->arena, effect_forms[o->l1.kind], o->l1.name));
		} else if (o->l1.kind == L1_MACHINE) {
			machine_check(s, o);
		}
	}
}
