/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* stubs.c: which headers there are, and how they come to disk. */
#include "stubs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "abi/abi.h"
#include "c_text.h"
#include "stubs_interface.h"
#include "stubs_process.h"

static struct buffer *
file_add(struct stubs *stubs, const char *name)
{
	struct stubs_file *file = vector_push(&stubs->files, stubs->arena, sizeof(*file));

	file->name = name;
	buffer_init(&file->text, stubs->arena);
	return &file->text;
}

static const char *
file_name(struct arena *arena, const char *before, const char *name)
{
	struct buffer scratch;

	buffer_init(&scratch, arena);
	return arena_format(arena, "%s%s.h", before, c_lower(&scratch, name));
}

static bool
fail(struct stubs *stubs, struct l1_position where, const char *sentence, const char *help)
{
	stubs->sentence = sentence;
	stubs->help = help;
	stubs->where = where;
	return false;
}

static bool
file_is_taken(const struct stubs *stubs, const char *name)
{
	const struct stubs_file *files = stubs->files.elements;

	for (uint32_t i = 0; i < stubs->files.count; i++) {
		if (strcmp(files[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

static bool
interface_make(struct stubs *stubs, const struct l1_interface *interface)
{
	const char *name = file_name(stubs->arena, "", interface->short_name);
	const char *word = arena_copy(stubs->arena, name, strlen(name) - strlen(".h"));

	if (!stubs_is_core(interface) && c_has_header(word)) {
		return fail(stubs, interface->position,
			arena_format(stubs->arena,
				"the header of interface `%s` would be %s, which is one of C",
				interface->name, name),
			"give the interface another name");
	}
	if (file_is_taken(stubs, name)) {
		return fail(stubs, interface->position,
			arena_format(stubs->arena, "two interfaces would have the header %s", name),
			"give one of them another name");
	}
	stubs_interface(file_add(stubs, name), interface);
	return true;
}

static bool
interfaces_make(struct stubs *stubs, const struct l1 *l1)
{
	bool only_core = true;

	for (uint32_t i = 0; i < l1->interface_count; i++) {
		only_core &= stubs_is_core(&l1->interfaces[i]);
	}
	stubs_wire(file_add(stubs, "gate_wire.h"));
	if (only_core) {
		stubs_core(file_add(stubs, "core_abi.h"), l1);
	}
	for (uint32_t i = 0; i < l1->interface_count; i++) {
		const struct l1_interface *interface = &l1->interfaces[i];

		/* Signals are sent by a system call of their own, so nothing calls that interface.
		 */
		if (stubs_is_core(interface) != only_core || interface->id == INTERFACE_SIGNAL) {
			continue;
		}
		if (!interface_make(stubs, interface)) {
			return false;
		}
	}
	return true;
}

static bool
process_make(struct stubs *stubs, const struct l1 *l1, const struct board *machine,
	const struct l1_class *class)
{
	const char *name = file_name(stubs->arena, "process_", class->name);
	const char *sentence;

	if (file_is_taken(stubs, name)) {
		return fail(stubs, class->position,
			arena_format(stubs->arena, "two processes would have the header %s", name),
			"give one of them another name");
	}
	sentence = stubs_process(file_add(stubs, name), l1, machine, class);
	return sentence == NULL || fail(stubs, class->position, sentence, NULL);
}

bool
stubs_make(
	struct stubs *stubs, struct arena *arena, const struct l1 *l1, const struct board *machine)
{
	*stubs = (struct stubs){.arena = arena};
	if (!interfaces_make(stubs, l1)) {
		return false;
	}
	for (uint32_t i = 0; i < l1->class_count; i++) {
		/* init knows its own table: abi/process.h. */
		bool is_init = l1->instance_count > 0 && l1->instances[0].class == &l1->classes[i];

		if (!is_init && l1->classes[i].is_used &&
			!process_make(stubs, l1, machine, &l1->classes[i])) {
			return false;
		}
	}
	return true;
}

static bool
directory_make(const char *path, struct arena *arena)
{
	char *part = arena_copy(arena, path, strlen(path));

	for (char *c = part + 1; *c != '\0'; c++) {
		if (*c == '/') {
			*c = '\0';
			if (mkdir(part, 0777) != 0 && errno != EEXIST) {
				return false;
			}
			*c = '/';
		}
	}
	return *part == '\0' || mkdir(part, 0777) == 0 || errno == EEXIST;
}

static bool
file_write(const char *path, const char *temporary, const struct buffer *text)
{
	FILE *file = fopen(temporary, "wb");
	bool is_written;

	if (file == NULL) {
		return false;
	}
	is_written = fwrite(text->bytes, 1, text->size, file) == text->size;
	is_written &= fclose(file) == 0;
	if (!is_written || rename(temporary, path) != 0) {
		(void)remove(temporary);
		return false;
	}
	return true;
}

const char *
stubs_write(const struct stubs *stubs, const char *directory)
{
	const struct stubs_file *files = stubs->files.elements;

	if (!directory_make(directory, stubs->arena)) {
		return arena_format(
			stubs->arena, "cannot make the folder %s: %s", directory, strerror(errno));
	}
	for (uint32_t i = 0; i < stubs->files.count; i++) {
		const char *path = arena_format(stubs->arena, "%s/%s", directory, files[i].name);
		const char *temporary = arena_format(stubs->arena, "%s.new", path);

		if (!file_write(path, temporary, &files[i].text)) {
			return arena_format(
				stubs->arena, "cannot write %s: %s", path, strerror(errno));
		}
	}
	return NULL;
}
