/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The blobs of a deployment in the image's read-only data. */
	.section .rodata.blobs, "a", %progbits
	.balign 8
	.global bare_policy
bare_policy:
	.incbin BARE_POLICY
1:
	.balign 8
	.global bare_system
bare_system:
	.incbin BARE_SYSTEM
2:
	.balign 4
	.global bare_policy_bytes
bare_policy_bytes:
	.word	1b - bare_policy
	.global bare_system_bytes
bare_system_bytes:
	.word	2b - bare_system

	.section .note.GNU-stack, "", %progbits
