/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* others.c: see the header. */
#include "others.h"

#include <stdio.h>
#include <string.h>

#include "ast.h"
#include "compile.h"
#include "ksm/engine/ksm.h"
#include "ksm/format_state.h"
#include "object.h"
#include "sema.h"
#include "tools/host/sha256.h"

static const uint8_t *
section(const uint8_t *blob, enum format_section_id id, uint32_t *count)
{
	const uint8_t *entry = blob + offsetof(struct format_header, sections) +
			       id * sizeof(struct format_section);

	*count = format_u32(entry + offsetof(struct format_section, count));
	return blob + format_u32(entry);
}

static uint8_t *
file_read(struct arena *a, const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes = NULL;
	long end;

	if (file == NULL) {
		return NULL;
	}
	if (fseek(file, 0, SEEK_END) == 0 && (end = ftell(file)) > 0 &&
		end <= (long)FORMAT_LENGTH_MAX && fseek(file, 0, SEEK_SET) == 0) {
		bytes = arena_alloc(a, (size_t)end);
		*size = (size_t)end;
		if (fread(bytes, 1, *size, file) != *size) {
			bytes = NULL;
		}
	}
	(void)fclose(file);
	return bytes;
}

static bool
is_sound(const uint8_t *blob, size_t size)
{
	size_t offset = ksm_digest_offset();
	uint8_t digest[32];

	if (size < sizeof(struct format_header)) {
		return false;
	}
	sha256(blob + offset, size - offset, digest);
	return ksm_verify(blob, size, digest, blob + offsetof(struct format_header, core_digest)) ==
	       KSM_OK;
}

bool
others_add(struct others *others, struct compile *c, const char *path)
{
	size_t size = 0;
	const uint8_t *blob = file_read(&c->arena, path, &size);

	if (others->count == OTHERS_MAX || blob == NULL || !is_sound(blob, size)) {
		(void)fprintf(stderr, "gate: %s is no policy of this gate, or too many\n", path);
		return false;
	}
	others->paths[others->count] = path;
	others->blobs[others->count] = blob;
	others->count++;
	return true;
}

static void
edges_take(struct sema *s, struct vector *edges, const uint8_t *blob)
{
	uint32_t count;
	const uint8_t *p = section(blob, FORMAT_EDGES, &count);

	for (uint32_t i = 0; i < count; i++, p += sizeof(struct format_edge)) {
		struct l1_edge *edge = vector_push(edges, &s->c->arena, sizeof *edge);

		*edge = (struct l1_edge){
			.holder = (uint16_t)format_u16(p),
			.target = (uint16_t)format_u16(p + offsetof(struct format_edge, target)),
			.interface =
				(uint16_t)format_u16(p + offsetof(struct format_edge, interface)),
		};
	}
}

bool
others_edges(struct sema *s, const struct others *others)
{
	struct vector edges = {0};

	for (uint32_t i = 0; others != NULL && i < others->count; i++) {
		const uint8_t *blob = others->blobs[i];
		struct diag *d;

		if (memcmp(blob + offsetof(struct format_header, system_digest),
			    s->l1->system_digest, sizeof s->l1->system_digest) == 0 &&
			memcmp(ksm_abi_digest(blob), s->l1->abi_digest, sizeof s->l1->abi_digest) ==
				0) {
			edges_take(s, &edges, blob);
			continue;
		}
		d = diag_error(s->c, span_of_file(s->root->source), "W1",
			"%s is the policy of another system", others->paths[i]);
		diag_help(d, "policies that take turns have the same processes, instances, wires "
			     "and interfaces; only rules and objects differ");
		return false;
	}
	s->l1->edges = edges.elements;
	s->l1->edge_count = edges.count;
	return true;
}

static enum l1_object_kind
kind_of(uint8_t kind)
{
	static const enum l1_object_kind kinds[] = {
		[FORMAT_BUCKET] = L1_BUCKET,
		[FORMAT_WINDOW] = L1_WINDOW,
		[FORMAT_LATCH] = L1_LATCH,
		[FORMAT_COUNTER] = L1_COUNTER,
		[FORMAT_SET] = L1_SET,
		[FORMAT_MACHINE] = L1_MACHINE,
		[FORMAT_LIMIT] = L1_LIMIT,
	};

	return kinds[kind];
}

static struct l1_state *
state_known(const struct sema *s, uint64_t id)
{
	struct l1_state **states = s->states.elements;

	for (uint32_t i = 0; i < s->states.count; i++) {
		if (states[i]->id == id) {
			return states[i];
		}
	}
	return NULL;
}

static struct l1_object
object_of(const uint8_t *p)
{
	return (struct l1_object){
		.name = "",
		.unit_name = "",
		.kind = kind_of(p[0]),
		.resets = p[offsetof(struct format_state, resets)] != 0,
		.count = format_u32(p + offsetof(struct format_state, count)),
		.amount = format_u64(p + offsetof(struct format_state, amount)),
		.low = (int64_t)format_u64(p + offsetof(struct format_state, low)),
	};
}

/* No rule of this policy names it. */
static void
state_keep(struct sema *s, const uint8_t *p)
{
	struct arena *a = &s->c->arena;
	struct l1_state *state = arena_alloc(a, sizeof *state);
	struct l1_object *object = arena_alloc(a, sizeof *object);

	*object = object_of(p);
	*state = (struct l1_state){
		.object = object,
		.id = format_u64(p + offsetof(struct format_state, id)),
		.holder = (uint16_t)format_u16(p + offsetof(struct format_state, holder)),
		.target = (uint16_t)format_u16(p + offsetof(struct format_state, target)),
		.word_count = format_state_words(p),
		.cell_count = format_state_cells(p),
		.field = arena_alloc(a, sizeof *state->field),
		.is_used = true,
	};
	*state->field = (struct l1_field){.name = "", .state = state, .width_bytes = 8};
	*(struct l1_state **)vector_push(&s->states, a, sizeof state) = state;
}

/* What a set holds is only kept by one like it. */
static void
set_check(struct sema *s, const struct l1_state *known, const uint8_t *p, const char *path)
{
	struct l1_object other = object_of(p);
	const struct l1_object *own = known->object;

	if (own->kind != L1_SET || (own->count == other.count && own->low == other.low &&
					   own->amount == other.amount)) {
		return;
	}
	struct diag *d = diag_error(s->c, span_of_file(s->root->source), "W2",
		"set `%s` has other values or another maximum than in %s", own->name, path);
	diag_help(d, "give it the same `of` and `max` there, or another name");
}

/* Capabilities are counted whichever policy is in force. What counts all of a label follows from
 * what is kept for its numbers. */
static void
limit_check(struct sema *s, const struct l1_state *known, const uint8_t *p, const char *path)
{
	struct diag *d;

	if (known != NULL ||
		format_u64(p + offsetof(struct format_state, amount)) == FORMAT_AMOUNT_MAX) {
		return;
	}
	d = diag_error(s->c, span_of_file(s->root->source), "W2",
		"%s has a limit of `%s` that is not here", path,
		s->l1->labels[format_u16(p + offsetof(struct format_state, target)) != 0
				      ? format_u16(p + offsetof(struct format_state, target))
				      : format_u16(p + offsetof(struct format_state, holder))]
			.name);
	diag_help(d, "policies that take turns have the same limits; only their `max` differs");
}

void
others_states(struct sema *s, const struct others *others)
{
	for (uint32_t i = 0; others != NULL && i < others->count; i++) {
		uint32_t count;
		const uint8_t *p = section(others->blobs[i], FORMAT_STATES, &count);

		for (uint32_t n = 0; n < count; n++, p += sizeof(struct format_state)) {
			const struct l1_state *known =
				state_known(s, format_u64(p + offsetof(struct format_state, id)));

			if (p[0] == FORMAT_LIMIT) {
				limit_check(s, known, p, others->paths[i]);
			} else if (known == NULL) {
				state_keep(s, p);
			} else {
				set_check(s, known, p, others->paths[i]);
			}
		}
	}
	s->l1->states = s->states.elements;
	s->l1->state_count = s->states.count;
}
