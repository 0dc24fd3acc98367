/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* How many policies an image may have, and what audit records say of them: an event beside those of
 * messages. */
#ifndef ABI_POLICY_H
#define ABI_POLICY_H

#define POLICIES_MAX 8u /* of an image; a power of two */

#define AUDIT_EVENT_POLICY                                                                         \
	4 /* method: enum policy_event; operand: number of the policy in force                     \
	   */

enum policy_event {
	POLICY_LOADED = 1,
	POLICY_CONFIRMED = 2,
	POLICY_REVERTED = 3,
	POLICY_EXPIRED = 4 /* nobody confirmed it: the one before it is in force again */
};

#endif
