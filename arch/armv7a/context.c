/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The registers of a thread, as a system call leaves and finds them (abi/abi.h). */
#include "arch/arch.h"
#include "psr.h"

#define R_INFO    1
#define R_PAYLOAD 2
#define R_NUMBER  12 /* number of the call; on return label and instance, or zero */
#define R_SP      13
#define R_LR      14

static void call_finish(struct arch_context *context, uint32_t length);

void
arch_context_init(struct arch_context *context, struct arch_space *space, uint8_t *buffer,
	vaddr_t pc, vaddr_t sp, vaddr_t tp, uint64_t argument)
{
	struct arch_fp *fp = context->fp;

	arch_context_destroy(context);
	if (fp != NULL) {
		*fp = (struct arch_fp){{0}, 0};
	}
	*context = (struct arch_context){.space = space, .buffer = buffer, .fp = fp};
	context->r[0] = (uint32_t)argument;
	context->r[R_SP] = (uint32_t)sp;
	context->tp = (uint32_t)tp;
	/* As a BX does: bit 0 of a code address chooses Thumb state. */
	context->pc = (uint32_t)pc & ~UINT32_C(1);
	context->psr = PSR_USER | ((pc & 1) != 0 ? PSR_THUMB : 0);
}

uint32_t
arch_argument(const struct arch_context *context, uint32_t index)
{
	return context->r[index];
}

uint8_t *
arch_payload(struct arch_context *context)
{
	return (uint8_t *)&context->r[R_PAYLOAD];
}

void
arch_result(struct arch_context *context, uint32_t status, uint32_t info, uint32_t length)
{
	context->r[0] = status;
	context->r[R_INFO] = info;
	context->r[R_NUMBER] = 0;
	call_finish(context, length);
}

void
arch_received(struct arch_context *context, uint32_t badge, uint16_t label, uint16_t instance,
	uint32_t info, uint32_t length)
{
	context->r[0] = badge;
	context->r[R_INFO] = info;
	context->r[R_NUMBER] = label | (uint32_t)instance << 16;
	call_finish(context, length);
}

/* SVC has left pc behind itself. */
void
arch_context_restart(struct arch_context *context)
{
	context->pc -= (context->psr & PSR_THUMB) != 0 ? 2 : 4;
	context->psr = PSR_USER | (context->psr & PSR_THUMB);
}

vaddr_t
arch_context_pc(const struct arch_context *context)
{
	return context->pc;
}

vaddr_t
arch_context_sp(const struct arch_context *context)
{
	return context->r[R_SP];
}

vaddr_t
arch_context_lr(const struct arch_context *context)
{
	return context->r[R_LR];
}

/* What is not a result is zero: payload bytes from `length` on, and the flags. r6..r11, sp and lr
 * are the caller's own. */
static void
call_finish(struct arch_context *context, uint32_t length)
{
	uint32_t *word = &context->r[R_PAYLOAD];

	context->psr = PSR_USER | (context->psr & PSR_THUMB);
	if (length >= ARCH_PAYLOAD_BYTES) {
		return;
	}
	if (length % 4 != 0) {
		word[length / 4] &= (UINT32_C(1) << length % 4 * 8) - 1;
	}
	switch ((length + 3) / 4) {
	case 0:
		word[0] = 0;
		/* fall through */
	case 1:
		word[1] = 0;
		/* fall through */
	case 2:
		word[2] = 0;
		/* fall through */
	case 3:
		word[3] = 0;
		/* fall through */
	default:
		return;
	}
}
