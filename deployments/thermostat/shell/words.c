/* SPDX-License-Identifier: 0BSD */
/* What all commands say the same way. */
#include "words.h"

#include "abi/abi.h"

const char *
status_text(uint32_t status)
{
	switch (status) {
#define X(name, number, text)                                                                      \
	case name:                                                                                 \
		return text;
#include "abi/errors.def"
#undef X
	default:
		return "an answer that nobody expected";
	}
}
