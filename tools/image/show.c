/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Prints what an image consists of. */
#include "tools/image/show.h"

#include <inttypes.h>

#include "tools/image/bundle.h"

static void
print_digest(FILE *out, const uint8_t digest[32])
{
	for (int i = 0; i < 32; i++) {
		fprintf(out, "%02x", digest[i]);
	}
	fputc('\n', out);
}

static void
print_program(FILE *out, const struct program *program)
{
	fprintf(out, "%-16s 0x%08" PRIx64 " %5u %5u %5u  ", program->name, program->entry,
		program->text_pages, program->data_pages, program->bss_pages);
	print_digest(out, program->digest);
}

void
show_bundle(FILE *out, const struct bundle *bundle)
{
	fprintf(out, "%-16s %10s %10s  %s\n", "section", "offset", "bytes",
		"sha256, padded to a page");
	fprintf(out, "%-16s 0x%08x %10zu  -\n", "kernel", 0u, bundle->kernel_bytes);
	fprintf(out, "%-16s 0x%08zx %10zu  -\n", "header", bundle->kernel_bytes,
		sizeof(struct image_header));
	for (int i = 0; i < IMAGE_SECTIONS; i++) {
		fprintf(out, "%-16s 0x%08zx %10zu  ", bundle_section_name((enum image_section_id)i),
			bundle->offset[i], bundle->length[i]);
		print_digest(out, bundle->digest[i]);
	}
	fprintf(out, "\n%-16s %10s %5s %5s %5s  %s\n", "program", "entry", "text", "data", "bss",
		"sha256 (sizes in pages)");
	print_program(out, &bundle->init);
	for (size_t i = 0; i < bundle->program_count; i++) {
		print_program(out, &bundle->programs[i]);
	}
}
