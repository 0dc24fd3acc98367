/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* mkimage: makes program archives and images, shows and verifies them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/image/archive.h"
#include "tools/image/bundle.h"
#include "tools/image/elf.h"
#include "tools/image/file.h"
#include "tools/image/show.h"

#define EXIT_FINDING 1
#define EXIT_USAGE   2

static const char usage_text[] =
	"mkimage programs -o ARCHIVE --digests FILE NAME=ELF...\n"
	"mkimage image -o IMAGE --kernel BINARY --kernel-elf ELF --policy BLOB --system BLOB\n"
	"              --archive ARCHIVE --init ELF\n"
	"mkimage show IMAGE      lists sections and programs\n"
	"mkimage verify IMAGE    checks every byte behind the kernel\n";

/* An option that takes a value; every one of a command must be given, once. */
struct option {
	const char *name;
	const char *value;
};

static int
fail_usage(const char *what, const char *which)
{
	fprintf(stderr, "mkimage: error: %s%s%s\n%s", what, which != NULL ? " " : "",
		which != NULL ? which : "", usage_text);
	return EXIT_USAGE;
}

static int
fail(const char *path, const struct problem *problem)
{
	fprintf(stderr, "mkimage: error: %s: %s\n", path, problem->text);
	return EXIT_FINDING;
}

/* Takes the options out of the arguments; what remains moves to the front. Returns how many remain,
 * or -1 after an error message. */
static int
parse_options(struct option *options, size_t option_count, int count, char **arguments)
{
	int rest = 0;

	for (int i = 0; i < count; i++) {
		size_t match = 0;

		while (match < option_count && strcmp(options[match].name, arguments[i]) != 0) {
			match++;
		}
		if (match == option_count) {
			if (arguments[i][0] == '-') {
				fail_usage("unknown option", arguments[i]);
				return -1;
			}
			arguments[rest++] = arguments[i];
			continue;
		}
		if (i + 1 == count || options[match].value != NULL) {
			fail_usage(i + 1 == count ? "no value for" : "twice:", arguments[i]);
			return -1;
		}
		options[match].value = arguments[++i];
	}
	for (size_t i = 0; i < option_count; i++) {
		if (options[i].value == NULL) {
			fail_usage("missing option", options[i].name);
			return -1;
		}
	}
	return rest;
}

/* Reads an executable; elf points into content. */
static bool
read_elf(const char *path, struct bytes *content, struct elf *elf, struct problem *problem)
{
	return file_read(path, content, problem) &&
	       elf_read(elf, content->data, content->length, problem);
}

static int
read_program(char *argument, struct program *program)
{
	struct bytes content = {0};
	struct problem problem;
	struct elf elf;
	char *path = strchr(argument, '=');
	int result = 0;

	if (path == NULL) {
		return fail_usage("a program is NAME=ELF, not", argument);
	}
	*path++ = '\0';
	if (!read_elf(path, &content, &elf, &problem) ||
		!program_make(program, argument, &elf, &problem)) {
		result = fail(path, &problem);
	}
	bytes_free(&content);
	return result;
}

static int
write_archive(const struct option *options, struct program *programs, size_t count)
{
	struct bytes archive = {0}, digests = {0};
	struct problem problem;
	int result = 0;

	if (!archive_make(&archive, programs, count, &problem)) {
		result = fail(options[0].value, &problem);
		goto out;
	}
	archive_digests(&digests, programs, count);
	if (!file_write(options[0].value, &archive, &problem)) {
		result = fail(options[0].value, &problem);
	} else if (!file_write(options[1].value, &digests, &problem)) {
		file_drop(options[0].value);
		result = fail(options[1].value, &problem);
	} else if (!file_commit(options[0].value, &problem)) {
		file_drop(options[1].value);
		result = fail(options[0].value, &problem);
	} else if (!file_commit(options[1].value, &problem)) {
		result = fail(options[1].value, &problem);
	}
out:
	bytes_free(&archive);
	bytes_free(&digests);
	return result;
}

static int
command_programs(int count, char **arguments)
{
	struct option options[] = {{"-o", NULL}, {"--digests", NULL}};
	struct program *programs;
	int result = 0, rest = parse_options(options, 2, count, arguments);

	if (rest < 0) {
		return EXIT_USAGE;
	}
	if (rest == 0 || rest > ARCHIVE_PROGRAMS_MAX) {
		return fail_usage("1 to 256 programs are needed", NULL);
	}
	programs = calloc((size_t)rest, sizeof(*programs));
	if (programs == NULL) {
		fputs("mkimage: error: out of memory\n", stderr);
		return EXIT_FINDING;
	}
	for (int i = 0; i < rest && result == 0; i++) {
		result = read_program(arguments[i], &programs[i]);
	}
	if (result == 0) {
		result = write_archive(options, programs, (size_t)rest);
	}
	for (int i = 0; i < rest; i++) {
		program_free(&programs[i]);
	}
	free(programs);
	return result;
}

/* Options of `image`, and where its parts stand among them. */
enum image_option { OUT, KERNEL, KERNEL_ELF, POLICY, SYSTEM, ARCHIVE, INIT, IMAGE_OPTIONS };

/* Fills the part of one option; returns 0 or an exit code after the message. */
static int
read_part(const struct option *option, struct bytes *content, struct elf *elf)
{
	struct problem problem;
	bool is_good = elf != NULL ? read_elf(option->value, content, elf, &problem)
				   : file_read(option->value, content, &problem);

	return is_good ? 0 : fail(option->value, &problem);
}

static int
assemble(const struct option *options, struct bytes *parts, const struct elf *kernel,
	const struct elf *init_elf, struct bytes *image)
{
	struct program init = {0};
	struct problem problem;
	int result = 0;

	if (init_elf->machine != kernel->machine) {
		problem_set(&problem, "it is for %s, the kernel for %s",
			elf_machine_name(init_elf->machine), elf_machine_name(kernel->machine));
		return fail(options[INIT].value, &problem);
	}
	if (!program_make(&init, "init", init_elf, &problem)) {
		result = fail(options[INIT].value, &problem);
	} else if (!image_kernel(image, &parts[KERNEL], kernel, &problem)) {
		result = fail(options[KERNEL_ELF].value, &problem);
	} else {
		const struct bytes sections[IMAGE_SECTIONS] = {[IMAGE_POLICY] = parts[POLICY],
			[IMAGE_SYSTEM] = parts[SYSTEM],
			[IMAGE_INIT] = init.content,
			[IMAGE_ARCHIVE] = parts[ARCHIVE]};
		struct bundle bundle;

		/* What is written is checked as a reader will check it. */
		if (!bundle_make(image, sections, &problem)) {
			result = fail(options[OUT].value, &problem);
		} else {
			if (!bundle_verify(&bundle, image->data, image->length, &problem)) {
				result = fail(options[OUT].value, &problem);
			}
			bundle_free(&bundle);
		}
	}
	program_free(&init);
	return result;
}

static int
command_image(int count, char **arguments)
{
	struct option options[IMAGE_OPTIONS] = {{"-o", NULL}, {"--kernel", NULL},
		{"--kernel-elf", NULL}, {"--policy", NULL}, {"--system", NULL}, {"--archive", NULL},
		{"--init", NULL}};
	struct bytes parts[IMAGE_OPTIONS] = {0};
	struct bytes image = {0};
	struct elf kernel, init;
	struct problem problem;
	int result = 0, rest = parse_options(options, IMAGE_OPTIONS, count, arguments);

	if (rest < 0) {
		return EXIT_USAGE;
	}
	if (rest > 0) {
		return fail_usage("unexpected", arguments[0]);
	}
	for (int i = KERNEL; i < IMAGE_OPTIONS && result == 0; i++) {
		result = read_part(&options[i], &parts[i],
			i == KERNEL_ELF ? &kernel
			: i == INIT     ? &init
					: NULL);
	}
	if (result == 0) {
		result = assemble(options, parts, &kernel, &init, &image);
	}
	if (result == 0 && (!file_write(options[OUT].value, &image, &problem) ||
				   !file_commit(options[OUT].value, &problem))) {
		result = fail(options[OUT].value, &problem);
	}
	for (int i = 0; i < IMAGE_OPTIONS; i++) {
		bytes_free(&parts[i]);
	}
	bytes_free(&image);
	return result;
}

static int
command_read(int count, char **arguments, bool is_show)
{
	struct bytes image = {0};
	struct bundle bundle = {0};
	struct problem problem;
	int result = 0;

	if (count != 1) {
		return fail_usage("one image is needed", NULL);
	}
	if (!file_read(arguments[0], &image, &problem) ||
		!bundle_verify(&bundle, image.data, image.length, &problem)) {
		result = fail(arguments[0], &problem);
	} else if (is_show) {
		show_bundle(stdout, &bundle);
	} else {
		printf("%s: %zu bytes behind the kernel, %zu programs: good\n", arguments[0],
			image.length - bundle.kernel_bytes, bundle.program_count + 1);
	}
	bundle_free(&bundle);
	bytes_free(&image);
	return result;
}

int
main(int count, char **arguments)
{
	const char *command = count > 1 ? arguments[1] : "";

	if (strcmp(command, "programs") == 0) {
		return command_programs(count - 2, arguments + 2);
	}
	if (strcmp(command, "image") == 0) {
		return command_image(count - 2, arguments + 2);
	}
	if (strcmp(command, "show") == 0 || strcmp(command, "verify") == 0) {
		return command_read(count - 2, arguments + 2, strcmp(command, "show") == 0);
	}
	if (strcmp(command, "help") == 0 || strcmp(command, "--help") == 0) {
		fputs(usage_text, stdout);
		return 0;
	}
	return fail_usage(count > 1 ? "unknown command" : "no command", count > 1 ? command : NULL);
}
