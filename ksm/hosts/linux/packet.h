/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Packets of client.h: how one is sent, how one is received. */
#ifndef KSM_HOSTS_LINUX_PACKET_H
#define KSM_HOSTS_LINUX_PACKET_H

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "abi/abi.h"
#include "ksm/hosts/linux/wire.h"

struct ksm_client {
	int socket;
	uint16_t label; /* who the broker says that this is */
	uint16_t instance;
	uint16_t resource_label; /* of its first resource; those of the others follow */
	char attributes[KSM_WIRE_BYTES_MAX + 1]; /* "key=value" lines */
};

/* A message and what came with it. Descriptors that were received are the component's to close. */
struct ksm_message {
	struct ksm_wire head;
	uint8_t bytes[KSM_WIRE_BYTES_MAX];
	int descriptors[KSM_WIRE_DESCRIPTORS_MAX];
	uint32_t descriptor_count;
};

/* Sends head, info_length(head.info) bytes, descriptors. Returns 0, or -1 with errno. */
static inline int
ksm_client_send(const struct ksm_client *client, struct ksm_message *message)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(KSM_WIRE_DESCRIPTORS_MAX * sizeof(int))];
	} control;
	size_t size = message->descriptor_count * sizeof(int);
	struct iovec parts[2];
	struct msghdr header;

	if (message->descriptor_count > KSM_WIRE_DESCRIPTORS_MAX ||
		info_length(message->head.info) > KSM_WIRE_BYTES_MAX) {
		errno = EINVAL;
		return -1;
	}
	parts[0].iov_base = &message->head;
	parts[0].iov_len = sizeof(message->head);
	parts[1].iov_base = message->bytes;
	parts[1].iov_len = info_length(message->head.info);
	memset(&header, 0, sizeof(header));
	header.msg_iov = parts;
	header.msg_iovlen = 2;
	if (size != 0) {
		memset(&control, 0, sizeof(control));
		header.msg_control = &control;
		header.msg_controllen = CMSG_SPACE(size);
		control.align.cmsg_level = SOL_SOCKET;
		control.align.cmsg_type = SCM_RIGHTS;
		control.align.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.align), message->descriptors, size);
	}
	return sendmsg(client->socket, &header, MSG_NOSIGNAL) < 0 ? -1 : 0;
}

/* Waits for the next packet. Returns 0, or -1 with errno: EPIPE: the broker closed. */
static inline int
ksm_client_next(const struct ksm_client *client, struct ksm_message *message)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(KSM_WIRE_DESCRIPTORS_MAX * sizeof(int))];
	} control;
	struct iovec parts[2];
	struct msghdr header;
	const struct cmsghdr *first;
	ssize_t length;

	parts[0].iov_base = &message->head;
	parts[0].iov_len = sizeof(message->head);
	parts[1].iov_base = message->bytes;
	parts[1].iov_len = sizeof(message->bytes);
	memset(&header, 0, sizeof(header));
	header.msg_iov = parts;
	header.msg_iovlen = 2;
	header.msg_control = &control;
	header.msg_controllen = sizeof(control);
	message->descriptor_count = 0;
	do {
		length = recvmsg(client->socket, &header, MSG_CMSG_CLOEXEC);
	} while (length < 0 && errno == EINTR);
	if (length < (ssize_t)sizeof(message->head)) {
		errno = length < 0 ? errno : EPIPE;
		return -1;
	}
	first = CMSG_FIRSTHDR(&header);
	if (first != NULL && first->cmsg_type == SCM_RIGHTS) {
		size_t size = first->cmsg_len - CMSG_LEN(0);

		memcpy(message->descriptors, CMSG_DATA(first), size);
		message->descriptor_count = (uint32_t)(size / sizeof(int));
	}
	return 0;
}

#endif
