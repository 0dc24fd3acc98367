/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The bundle behind the kernel: checked as a whole before anything of it is used. Every byte of it
 * is in a digest: the header's own, or its section's, rounded up to the page; sections follow each
 * other without a gap.
 */
#include "kernel/image.h"

#include "abi/image.h"
#include "abi/policy.h"
#include "abi/process.h"
#include "abi/system.h"
#include "core_abi.h"
#include "kernel/config.h"
#include "kernel/digest.h"
#include "kernel/memory.h"
#include "ksm/engine/ksm.h"

static const uint8_t core_digest[DIGEST_BYTES] = CORE_ABI_DIGEST;

static const char *const damaged[IMAGE_SECTIONS] = {
	[IMAGE_POLICY] = "the policy is damaged: its SHA-256 differs",
	[IMAGE_SYSTEM] = "the system description is damaged: its SHA-256 differs",
	[IMAGE_INIT] = "init is damaged: its SHA-256 differs",
	[IMAGE_ARCHIVE] = "the program archive is damaged: its SHA-256 differs",
};

static uint32_t
page_round(uint32_t bytes)
{
	return (bytes + PAGE_BYTES - 1) & ~(uint32_t)(PAGE_BYTES - 1);
}

static const char *
check_header(const struct image_header *header, size_t room)
{
	if (room < sizeof(*header) || header->magic != IMAGE_MAGIC) {
		return "there is no bundle behind the kernel: no policy, no user space";
	}
	if (!digest_matches(
		    header, offsetof(struct image_header, header_digest), header->header_digest)) {
		return "the image header is damaged: its SHA-256 differs";
	}
	if (header->version != IMAGE_VERSION) {
		return "the image header has another version than this kernel reads";
	}
	uint32_t offset = sizeof(*header);
	for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
		const struct image_section *section = &header->sections[i];
		if (section->offset != offset || section->length_bytes == 0 ||
			section->length_bytes > room - offset ||
			page_round(section->length_bytes) > room - offset) {
			return "a section of the image lies outside of it";
		}
		offset += page_round(section->length_bytes);
	}
	return header->length_bytes == offset ? NULL
					      : "the image's length is not that of its parts";
}

static const char *
check_sections(const uint8_t *bundle, const struct image_header *header)
{
	for (uint32_t i = 0; i < IMAGE_SECTIONS; i++) {
		const struct image_section *section = &header->sections[i];
		if (!digest_matches(bundle + section->offset, page_round(section->length_bytes),
			    section->digest)) {
			return damaged[i];
		}
	}
	return NULL;
}

/*@ assigns \nothing;
  @ ensures \result == \null ==> is_verified(policy) && length_of(policy) == bytes;
  @*/
static const char *
check_policy(const uint8_t *policy, uint32_t bytes)
{
	uint8_t digest[DIGEST_BYTES];
	size_t start = ksm_digest_offset();

	if (bytes < start) {
		return ksm_verify_text(KSM_LENGTH);
	}
	digest_of(policy + start, bytes - start, digest);
	enum ksm_verify_error error = ksm_verify(policy, bytes, digest, core_digest);
	return error == KSM_OK ? NULL : ksm_verify_text(error);
}

/* All of them, so that none has to be looked at again when it comes into force. */
/*@ requires bytes <= INT32_MAX;
  @ assigns \nothing;
  @ ensures \result == \null ==> are_verified(first, 0, bytes);
  @*/
static const char *
check_policies(const uint8_t *first, uint32_t bytes)
{
	uint32_t count = 0;

	/*@ loop invariant are_verified(first, at, bytes) ==> are_verified(first, 0, bytes);
	  @ loop assigns at, count;
	  @ loop variant bytes - at;
	  @*/
	for (uint32_t at = 0; at < bytes;) {
		const uint8_t *policy = first + at;
		uint32_t left = bytes - at;
		uint32_t length = left < ksm_digest_offset() ? left : ksm_length_bytes(policy);
		const char *refusal = check_policy(policy, length < left ? length : left);

		if (refusal != NULL) {
			return refusal;
		}
		if (++count > POLICIES_MAX) {
			return "the image has more policies than this kernel takes";
		}
		if (!ksm_is_for_same(first, policy)) {
			return "the policies of the image are for different systems";
		}
		/*@ assert is_verified(first + at) && length == length_of(first + at); */
		/*@ assert are_verified(first, at + room_of(first + at), bytes) ==>
		  @   are_verified(first, at, bytes); */
		at += (length + POLICY_ALIGN - 1) / POLICY_ALIGN * POLICY_ALIGN;
		/*@ assert at == \at(at, LoopCurrent) + room_of(first + \at(at, LoopCurrent)); */
	}
	return NULL;
}

static const char *
check_system(const uint8_t *system, uint32_t bytes, const uint8_t *policy)
{
	const struct system_header *header = (const struct system_header *)(const void *)system;

	if (bytes < sizeof(*header) || header->magic != SYSTEM_MAGIC ||
		header->version != SYSTEM_VERSION || header->length_bytes != bytes) {
		return "the system description has another format than this kernel reads";
	}
	if (memcmp(header->abi_digest, ksm_abi_digest(policy), DIGEST_BYTES) != 0) {
		return "system description and policy were built for different interfaces";
	}
	return NULL;
}

static const char *
check_init(const struct program_header *init, uint32_t bytes)
{
	static const char *const bad = "init is not a program that this kernel can start";
	uint64_t pages = bytes / PAGE_BYTES;

	if (bytes < sizeof(*init) || init->magic != PROGRAM_MAGIC || init->version != 1) {
		return bad;
	}
	if (init->text_pages == 0 || init->text_pages > FRAME_PAGES_MAX ||
		init->data_pages > FRAME_PAGES_MAX || init->bss_pages > FRAME_PAGES_MAX ||
		init->data_pages + init->bss_pages == 0) {
		return bad;
	}
	if (1u + init->text_pages + init->data_pages > pages) {
		return bad;
	}
	return NULL;
}

const char *
image_check(const uint8_t *bundle, const uint8_t *ram_end, struct image *image)
{
	const struct image_header *header = (const struct image_header *)(const void *)bundle;
	const char *refusal = check_header(header, (size_t)(ram_end - bundle));

	if (refusal == NULL) {
		refusal = check_sections(bundle, header);
	}
	if (refusal != NULL) {
		return refusal;
	}
	const struct image_section *sections = header->sections;
	*image = (struct image){
		.bundle = bundle,
		.bundle_bytes = header->length_bytes,
		.policies = bundle + sections[IMAGE_POLICY].offset,
		.policies_bytes = sections[IMAGE_POLICY].length_bytes,
		.init = (const void *)(bundle + sections[IMAGE_INIT].offset),
	};
	const uint8_t *system = bundle + sections[IMAGE_SYSTEM].offset;
	refusal = check_policies(image->policies, image->policies_bytes);
	if (refusal == NULL) {
		refusal =
			check_system(system, sections[IMAGE_SYSTEM].length_bytes, image->policies);
	}
	if (refusal == NULL) {
		refusal = check_init(image->init, sections[IMAGE_INIT].length_bytes);
	}
	if (refusal == NULL) {
		image->instances =
			((const struct system_header *)(const void *)system)->instance_count;
	}
	return refusal;
}
