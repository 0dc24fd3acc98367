/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The blobs of a deployment in the image's read-only data. */
	.section .rodata.blobs, "a", %progbits
	.balign 8
	.global bare_policy
bare_policy:
	.incbin BARE_POLICY
	.global bare_policy_end
bare_policy_end:
	.balign 8
	.global bare_system
bare_system:
	.incbin BARE_SYSTEM
	.global bare_system_end
bare_system_end:

	.section .note.GNU-stack, "", %progbits
