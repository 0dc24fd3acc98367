/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the kernel owes the engine: no blob decides but behind ksm_verify. */
#ifndef PROVE_HOST_H
#define PROVE_HOST_H

#include "abi/image.h"
#include "ksm/engine/ksm.h"
#include "ksm/engine/step.h"
#include "tests/prove/frama.h"

/*@ axiomatic Verified {
  @   // ksm_verify took the bytes there, which nobody changes from then on.
  @   predicate is_verified(uint8_t *blob);
  @   // What its header says.
  @   logic integer length_of(uint8_t *blob);
  @   axiom lengths: \forall uint8_t *blob; is_verified(blob) ==>
  @     sizeof(struct format_header) <= length_of(blob) <= FORMAT_LENGTH_MAX;
  @ }
  @
  @ logic integer room_of(uint8_t *blob) =
  @   (length_of(blob) + POLICY_ALIGN - 1) / POLICY_ALIGN * POLICY_ALIGN;
  @
  @ // Of policies behind each other, all from `at` on.
  @ inductive are_verified(uint8_t *first, integer at, integer bytes) {
  @   case none: \forall uint8_t *first, integer at, bytes;
  @     at >= bytes ==> are_verified(first, at, bytes);
  @   case one: \forall uint8_t *first, integer at, bytes;
  @     at < bytes ==> is_verified(first + at) ==>
  @     are_verified(first, at + room_of(first + at), bytes) ==> are_verified(first, at, bytes);
  @ }
  @*/

/* header_verify compares the length. */
/*@ assigns \nothing;
  @ ensures \result == KSM_OK ==> is_verified(blob) && length_of(blob) == length_bytes;
  @*/
enum ksm_verify_error ksm_verify(const uint8_t *blob, size_t length_bytes, const uint8_t digest[32],
	const uint8_t core_digest[32]);
/*@ assigns \nothing; ensures \result == length_of(blob); */
uint32_t ksm_length_bytes(const uint8_t *blob);
/*@ assigns \nothing; ensures \result != \null; */
const char *ksm_verify_text(enum ksm_verify_error error);
/*@ requires is_verified(blob); assigns *ksm; */
void ksm_init(struct ksm *ksm, const uint8_t *blob, size_t length_bytes, void *memory);
/*@ requires is_verified(blob); assigns *ksm, words[0 .. FORMAT_WORDS_MAX - 1]; */
enum ksm_swapped ksm_swap_step(
	struct ksm *ksm, const uint8_t *blob, uint64_t *words, uint64_t now_ns, bool may_forget);
/*@ assigns \nothing; */
bool ksm_is_for_same(const uint8_t *blob, const uint8_t *other);
/*@ assigns \nothing; */
size_t ksm_state_bytes(const uint8_t *blob);
/*@ assigns \nothing; ensures \result == 48; */
size_t ksm_digest_offset(void);

/*@ assigns \nothing; ensures \false; */
_Noreturn void kernel_panic(const char *what, uint64_t value);
/*@ assigns \nothing; */
uint64_t arch_clock_ns(void);

#endif
