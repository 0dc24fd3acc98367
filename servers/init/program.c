/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From the archive into frames: copied, sealed, hashed; nobody else can reach them meanwhile. */
#include "program.h"

#include "abi/abi.h"
#include "abi/process.h"
#include "gen/core/frame.h"
#include "gen/core/untyped.h"
#include "mbedtls/sha256.h"
#include "memory.h"

/* Where init sees a frame while it fills it. Always the same two places, so that its own page
 * tables stay as small as they are after the first program. */
#define WINDOW_TEXT PROCESS_HEAP
#define WINDOW_DATA (PROCESS_HEAP + UINT64_C(0x01000000))

static void *
pointer_to(uint64_t vaddr)
{
	return (void *)(uintptr_t)vaddr;
}

/* A new frame, mapped at the window, with a copy at its start; the rest of it is zero. */
static uint32_t
fill(uint32_t untyped, uint32_t pages, uint64_t window, const void *bytes, size_t length_bytes,
	uint32_t *frame)
{
	uint32_t status = untyped_retype(untyped, pages, LABEL_NONE, KIND_FRAME, frame);

	if (status == E_OK) {
		status = frame_map(*frame, window, RIGHT_READ | RIGHT_WRITE);
	}
	if (status == E_OK) {
		memcpy(pointer_to(window), bytes, length_bytes);
	}
	return status;
}

/* Sealed before it is hashed: from then on no mapping of it can be writable (decisions B7). */
static uint32_t
load_text(uint32_t untyped, const struct program_header *header, mbedtls_sha256_context *sha,
	uint32_t *frame)
{
	size_t bytes = (size_t)header->text_pages * PAGE_BYTES;
	uint32_t status = fill(untyped, header->text_pages, WINDOW_TEXT, header + 1, bytes, frame);

	if (status == E_OK) {
		status = frame_unmap(*frame);
	}
	if (status == E_OK) {
		status = frame_seal(*frame);
	}
	if (status == E_OK) {
		status = frame_map(*frame, WINDOW_TEXT, RIGHT_READ);
	}
	if (status == E_OK) {
		mbedtls_sha256_update_ret(sha, pointer_to(WINDOW_TEXT), bytes);
		status = frame_unmap(*frame);
	}
	return status;
}

static uint32_t
load_data(uint32_t untyped, const struct program_header *header, mbedtls_sha256_context *sha,
	uint32_t *frame)
{
	const uint8_t *image = (const uint8_t *)(header + 1);
	size_t bytes = (size_t)header->data_pages * PAGE_BYTES;
	uint32_t pages = header->data_pages + header->bss_pages;

	*frame = 0;
	if (pages == 0) {
		return E_OK;
	}
	uint32_t status = fill(untyped, pages, WINDOW_DATA,
		image + (size_t)header->text_pages * PAGE_BYTES, bytes, frame);
	if (status == E_OK) {
		mbedtls_sha256_update_ret(sha, pointer_to(WINDOW_DATA), bytes);
		status = frame_unmap(*frame);
	}
	return status;
}

uint32_t
program_load(uint32_t untyped, const struct program_header *header, struct program *program)
{
	mbedtls_sha256_context sha;

	mbedtls_sha256_init(&sha);
	mbedtls_sha256_starts_ret(&sha, 0);
	mbedtls_sha256_update_ret(&sha, (const unsigned char *)header, sizeof(*header));
	uint32_t status = load_text(untyped, header, &sha, &program->text);
	if (status == E_OK) {
		status = load_data(untyped, header, &sha, &program->data);
	}
	if (status == E_OK) {
		mbedtls_sha256_finish_ret(&sha, (unsigned char *)program->digest);
	}
	mbedtls_sha256_free(&sha);
	return status;
}

uint32_t
program_fill_page(uint32_t untyped, const void *bytes, uint32_t length_bytes, uint32_t *frame)
{
	uint32_t status = fill(untyped, 1, WINDOW_DATA, bytes, length_bytes, frame);

	return status == E_OK ? frame_unmap(*frame) : status;
}

uint32_t
program_fill_two(uint32_t untyped, uint16_t label, const struct span *first,
	const struct span *second, uint32_t *frame, uint32_t *second_offset)
{
	uint32_t pages_first = first->length_bytes / PAGE_BYTES + 1;
	uint32_t pages_second = second->length_bytes / PAGE_BYTES + 1;
	uint32_t status =
		untyped_retype(untyped, pages_first + pages_second, label, KIND_FRAME, frame);

	*second_offset = pages_first * PAGE_BYTES;
	if (status == E_OK) {
		status = frame_map(*frame, WINDOW_DATA, RIGHT_READ | RIGHT_WRITE);
	}
	if (status == E_OK) {
		memcpy(pointer_to(WINDOW_DATA), first->bytes, first->length_bytes);
		memcpy(pointer_to(WINDOW_DATA + *second_offset), second->bytes,
			second->length_bytes);
		status = frame_unmap(*frame);
	}
	return status;
}
