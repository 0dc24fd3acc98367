/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Who there is in random policies, and what they say of a label. */
#include <stdint.h>

#include "tests/host/support/random.h"
#include "tests/host/support/random_gate.h"

void
random_gate_system(struct buffer *b, bool has_lists)
{
	const char *gives = has_lists ? "    gives lists: Lists\n" : "";
	const char *uses = has_lists ? "; uses lists: Lists" : "";
	const char *wire = has_lists ? "; lists -> server.lists" : "";

	random_gate_sum_interface(b);
	buffer_text(b, "interface Item { use(n: u8) }\nprocess Server {\n    gives work: Work\n"
		       "    gives item: Item labels Spot[3]\n    gives calc: Calc\n");
	buffer_text(b, arena_format(b->arena,
			       "%s}\nprocess First { uses work: Work; uses calc: Calc%s%s }\n"
			       "process Second {\n    uses work: Work\n    uses calc: Calc%s%s\n"
			       "    device monitor\n}\n",
			       gives, uses, has_lists ? "; attr own: optional u64" : "", uses,
			       has_lists ? "; attr mate: process = one" : ""));
	buffer_text(
		b, arena_format(b->arena,
			   "system s {\n    server: Server\n"
			   "    one: First { work -> server.work; calc -> server.calc%s%s }\n"
			   "    two: First { work -> server.work; calc -> server.calc%s }\n"
			   "    three: Second { work -> server.work; calc -> server.calc%s }\n}\n",
			   wire, has_lists ? "; own = 9223372036854775808" : "", wire, wire));
}

/* Capabilities of a label: how many, and what is kept for each. */
void
random_gate_label(struct buffer *b, bool has_lists)
{
	static const char *const keys[] = {"", " per client", " per edge", " per Spot"};
	uint32_t key = (uint32_t)random_below(4);

	for (uint32_t i = 0; i < 3 && random_below(2) == 0; i++) {
		buffer_text(b, arena_format(b->arena, "limit Spot%s max %u\n", keys[(key + i) % 4],
				       (uint32_t)random_below(4) + 1));
	}
	buffer_text(b, "allow First -> Spot : item.use(n in 5..9)\n");
	random_gate_sum(b);
	if (random_below(2) == 0) {
		buffer_text(b,
			"machine Turn per Spot { idle -> busy; busy -> busy }\nbucket Each per "
			"Spot "
			"rate 1 "
			"per 1h burst 2\nset Seen per Spot of u8 max 2 keep\n"
			"allow Second -> Spot : item.use when Turn is idle call then enter Turn "
			"busy, "
			"insert Seen n, take Each\n");
	}
	if (has_lists) {
		random_gate_lists(b);
	}
}
