/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Packets to and from whoever is connected. Nothing here waits, and nothing is allocated. */
#define _GNU_SOURCE
#include "ksm/hosts/linux/peer.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "abi/abi.h"

#define NS_PER_S UINT64_C(1000000000)

_Static_assert(sizeof(struct ksm_wire) == 32, "no holes: they would be bytes of our memory");
_Static_assert(KSM_WIRE_BYTES_MAX == MESSAGE_BYTES_MAX, "a payload is one packet");
_Static_assert(KSM_WIRE_DESCRIPTORS_MAX == HANDLES_MAX, "a descriptor for each handle");

static struct station stations[SYSTEM_INSTANCES_MAX];
static struct peer peers[PEERS_MAX];
static bool is_any_broken;

/* Room for the descriptors of one packet; more than that the kernel closes, and says so. */
union control {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(KSM_WIRE_DESCRIPTORS_MAX * sizeof(int))];
};

void
peer_break(struct peer *peer)
{
	peer->is_broken = true;
	is_any_broken = true;
}

bool
peer_take_broken(void)
{
	bool was = is_any_broken;

	is_any_broken = false;
	return was;
}

void
peer_init(void)
{
	for (uint32_t i = 0; i < system_members(); i++) {
		stations[i] = (struct station){.member = system_member(i), .is_new = true};
	}
}

struct station *
station_at(uint32_t member)
{
	return &stations[member];
}

struct peer *
peer_at(uint32_t index)
{
	return &peers[index];
}

uint32_t
peer_index(const struct peer *peer)
{
	return (uint32_t)(peer - peers);
}

struct peer *
peer_take(struct station *home, int socket)
{
	for (uint32_t i = 0; i < PEERS_MAX; i++) {
		struct peer *peer = &peers[i];

		if (peer->home == NULL) {
			uint32_t sequence = peer->sequence;

			*peer = (struct peer){.home = home,
				.socket = socket,
				.deadline_ns = UINT64_MAX,
				.sequence = sequence};
			return peer;
		}
	}
	return NULL;
}

void
peer_release(struct peer *peer)
{
	(void)close(peer->socket); /* epoll forgets it */
	peer->socket = -1;
	peer->home = NULL;
}

uint64_t
peer_now_ns(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_BOOTTIME, &time);
	return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

static void
descriptors_take(struct msghdr *message, struct packet *packet)
{
	for (struct cmsghdr *control = CMSG_FIRSTHDR(message); control != NULL;
		control = CMSG_NXTHDR(message, control)) {
		if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS) {
			continue;
		}
		size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (size_t i = 0; i < count; i++) {
			int descriptor;

			memcpy(&descriptor, CMSG_DATA(control) + i * sizeof(int), sizeof(int));
			if (packet->descriptor_count < KSM_WIRE_DESCRIPTORS_MAX) {
				packet->descriptors[packet->descriptor_count++] = descriptor;
			} else {
				(void)close(descriptor);
			}
		}
	}
}

bool
peer_read(struct peer *peer, struct packet *packet)
{
	union control control;
	struct iovec parts[] = {
		{&packet->head, sizeof(packet->head)}, {packet->bytes, sizeof(packet->bytes)}};
	struct msghdr message = {.msg_iov = parts,
		.msg_iovlen = 2,
		.msg_control = &control,
		.msg_controllen = sizeof(control)};
	ssize_t length = recvmsg(peer->socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);

	packet->descriptor_count = 0;
	if (length < 0) {
		if (errno != EAGAIN && errno != EINTR) {
			peer_break(peer);
		}
		return false;
	}
	descriptors_take(&message, packet);
	if ((size_t)length < sizeof(packet->head) ||
		(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		packet_close(packet);
		peer_break(peer);
		return false;
	}
	/* What the method is and what a reply says is judged; the length is the packet's. */
	if (info_length(packet->head.info) != (size_t)length - sizeof(packet->head)) {
		packet_close(packet);
		peer_break(peer);
		return false;
	}
	return true;
}

void
peer_write(struct peer *peer, const struct ksm_wire *head, const uint8_t *bytes,
	const int *descriptors, uint32_t descriptor_count)
{
	union control control;
	struct iovec parts[] = {{(void *)(uintptr_t)head, sizeof(*head)},
		{(void *)(uintptr_t)bytes, info_length(head->info)}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};

	if (descriptor_count != 0) {
		size_t size = descriptor_count * sizeof(int);

		memset(&control, 0, sizeof(control));
		message.msg_control = &control;
		message.msg_controllen = CMSG_SPACE(size);
		control.align.cmsg_level = SOL_SOCKET;
		control.align.cmsg_type = SCM_RIGHTS;
		control.align.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.align), descriptors, size);
	}
	if (peer->socket < 0 || sendmsg(peer->socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) !=
					(ssize_t)(sizeof(*head) + parts[1].iov_len)) {
		peer_break(peer);
	}
}

void
packet_close(struct packet *packet)
{
	while (packet->descriptor_count != 0) {
		(void)close(packet->descriptors[--packet->descriptor_count]);
	}
}
