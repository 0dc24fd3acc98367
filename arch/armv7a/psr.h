/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The program status register (DDI 0406C B1.3.3), for C and assembly alike. */
#ifndef ARCH_ARMV7A_PSR_H
#define ARCH_ARMV7A_PSR_H

#define PSR_MODE_USER       0x10
#define PSR_MODE_SUPERVISOR 0x13
#define PSR_MODE_HYP        0x1a
#define PSR_MODE_MASK       0x1f
#define PSR_THUMB           0x20
#define PSR_FIQ_OFF         0x40
#define PSR_IRQ_OFF         0x80
#define PSR_ABORT_OFF       0x100

/* What a thread starts with and what a system call returns with: flags zero, interrupts and
 * asynchronous aborts on. No line is an FIQ, so FIQs are masked for good. */
#define PSR_USER (PSR_FIQ_OFF | PSR_MODE_USER)

/* What a thread may have changed itself and finds again after an interrupt: N Z C V Q, IT, GE, T.
 * Not J (ThumbEE) and E (big-endian data), which are not supported. */
#define PSR_USER_BITS 0xfe0ffc20

#endif
