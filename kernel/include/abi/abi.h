/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What kernel and user space agree on: status codes, handles, the info word, object kinds. */
#ifndef ABI_ABI_H
#define ABI_ABI_H

#include <stdint.h>

enum status {
#define X(name, number, text) name = (number),
#include "abi/errors.def"
#undef X
};

enum syscall {
#define X(name, number, in, out, text) SYS_##name = (number),
#include "abi/syscalls.def"
#undef X
	SYSCALL_COUNT = 12
};

/*
 * Registers of a system call. Everything that is neither preserved nor a result is zero on return;
 * but a yield for which nobody else runs leaves it, and the flags, as the thread had it.
 *
 *             AArch64                         ARMv7-A
 *   in        x0 handle, x1 info              r0 handle, r1 info
 *             x2..x17 payload bytes 0..127    r2..r5 payload bytes 0..15
 *   out       x0 status, or badge,            r0 status, or badge; r12 caller's label and
 *             label << 32 | instance << 48    instance << 16 (receive only)
 *             x1 info or bits                 r1 info or bits
 *   preserved x19..x30, sp                    r6..r11, sp, lr
 *
 * Payload bytes beyond the registers are in the thread's message buffer, byte i at buffer[i]. It is
 * MESSAGE_BYTES_MAX bytes long and stands at a multiple of them.
 * The payload is little-endian and laid out by `gate` the same way on both architectures.
 */

/*
 * Info word:
 *   15:0   method of a request; of a reply 0 = ok, n = n-th case of the interface's `errors`
 *   26:16  length of the payload in bytes, 0..MESSAGE_BYTES_MAX
 *   29:27  zero
 *   30     received: no message, the bound notification's bits are in place of the badge
 *   31     received: no message, 15:0 is a status code
 */
#define INFO_METHOD_MASK  UINT32_C(0xffff)
#define INFO_LENGTH_SHIFT 16
#define INFO_LENGTH_MASK  UINT32_C(0x7ff)
#define INFO_NOTIFICATION (UINT32_C(1) << 30)
#define INFO_FAILED       (UINT32_C(1) << 31)
#define MESSAGE_BYTES_MAX 1024

/* In place of a reply's status, without payload: the caller broke the protocol. It gets no answer;
 * its thread faults, and its supervisor hears of it. init cannot be faulted: such a reply is
 * denied. */
#define REPLY_FAULT UINT32_C(0xfffe)

/*
 * Leases: a request lends up to LEASES_MAX ranges of the caller's memory until its answer. How
 * many, and which of them the server may write, is the method's (its interface says `reads`,
 * `writes`). The payload starts with their lengths, 4 bytes each, which policy may test; their
 * addresses stand in the caller's message buffer, 4 bytes each, from LEASE_ADDRESSES on, where no
 * payload does. The server sees no address.
 *
 * lease_read, lease_write: handle 0 means the present caller, else a reply object that holds one;
 * index which lease; the payload is a struct lease_copy. Out: how many bytes were copied, fewer
 * than wanted where mapped memory ends, or when something else had to be done: call again.
 */
#define LEASES_MAX      4u
#define LEASE_ADDRESSES 0u

struct lease_copy {
	uint64_t address; /* in the server's own memory */
	uint32_t offset;  /* from the start of the lease */
	uint32_t length;
};

/*
 * Handles: a message hands on up to HANDLES_MAX capabilities; how many, and which interface each
 * speaks, is the method's. They stand in the payload behind the leases, 4 bytes each: the sender's
 * handles become the receiver's. The receiver of a reply has what it asked for. What comes with a
 * request is deleted when the thread receives again, unless it was moved (Process.move); so
 * nobody can fill its table. If one cannot be placed, nothing of the message is delivered.
 */
#define HANDLES_MAX 4u

static inline uint32_t
info_make(uint32_t method, uint32_t length_bytes)
{
	return method | length_bytes << INFO_LENGTH_SHIFT;
}

static inline uint32_t
info_method(uint32_t info)
{
	return info & INFO_METHOD_MASK;
}

static inline uint32_t
info_length(uint32_t info)
{
	return info >> INFO_LENGTH_SHIFT & INFO_LENGTH_MASK;
}

/*
 * Handle: 11:0 slot index (0 never valid), 31:12 generation (0 never valid). A slot's first
 * capability has generation 1, so a process knows the handles it starts with at compile time.
 */
#define HANDLE_INDEX_BITS     12
#define HANDLE_INDEX_MASK     UINT32_C(0xfff)
#define HANDLE_INITIAL(index) (UINT32_C(1) << HANDLE_INDEX_BITS | (index))

/* Slots that every process starts with; what its class uses follows from FIRST on. */
#define HANDLE_PROCESS      HANDLE_INITIAL(1) /* itself: map, unmap, exit */
#define HANDLE_ACCOUNT      HANDLE_INITIAL(2) /* untyped memory that it may retype */
#define HANDLE_ENDPOINT     HANDLE_INITIAL(3) /* where its calls arrive (receive) */
#define HANDLE_NOTIFICATION HANDLE_INITIAL(4) /* its own notification (wait) */
#define HANDLE_THREAD       HANDLE_INITIAL(5) /* its first thread */
#define HANDLE_REPLY        HANDLE_INITIAL(6) /* one reply object, to defer an answer */
#define HANDLE_FIRST_INDEX  8

/*
 * Kinds of objects. The number is also the id of the kernel interface (kernel/core.gate) that a
 * capability of this kind speaks; interfaces of user space have ids from INTERFACE_USER on.
 */
enum object_kind {
	KIND_NONE = 0,
	KIND_UNTYPED = 1,
	KIND_PROCESS = 2,
	KIND_THREAD = 3,
	KIND_ENDPOINT = 4,
	KIND_NOTIFICATION = 5,
	KIND_FRAME = 6,
	KIND_IRQ = 7,
	KIND_REPLY = 8,
	KIND_AUDIT = 9,
	KIND_POWER = 10,
	KIND_TRACE = 11,
	KIND_POLICY = 12,
	INTERFACE_FAULT = 13,  /* what the kernel calls at a supervisor */
	INTERFACE_SIGNAL = 14, /* the one "method" of a signal capability */
	INTERFACE_USER = 16
};

/* Rights of a capability; a copy never has more than its original. */
#define RIGHT_READ    1u /* frame: map readable */
#define RIGHT_WRITE   2u /* frame: map writable */
#define RIGHT_EXECUTE 4u /* frame: map executable (sealed frames only) */
#define RIGHT_SEND    1u /* endpoint: call; notification: signal */
#define RIGHT_RECEIVE 2u /* endpoint: recv; notification: wait, poll */
#define RIGHT_MANAGE  4u /* all but a frame: kernel methods, copy */
#define RIGHTS_ALL    7u

/* Badge of a client: 31:24 which of the interfaces that the server gives it speaks; 23 whether it
 * is a resource of the server, whose number is 22:0, else 15:0 the client's instance. */
#define BADGE_GIVES_SHIFT 24
#define BADGE_RESOURCE    (UINT32_C(1) << 23)
#define BADGE_NUMBER      (BADGE_RESOURCE - 1)

#define PAGE_BYTES   4096u
#define LABEL_NONE   0
#define LABEL_KERNEL 1 /* the kernel itself, as sender of faults */
#define LABEL_INIT   2
#define LABEL_FIRST  3

#define INSTANCE_INIT 0

/* Interface Fault: kind of a fault message; exit is one of them. */
enum fault_kind {
#define X(name, number, word, text) name = number,
#include "abi/faults.def"
#undef X
};

#endif
