/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One packet of each connection in a turn, so who sends without end waits for the others like
 * everybody else. A connection that does not keep to the protocol is closed behind its event.
 */
#define _GNU_SOURCE
#include "ksm/hosts/linux/broker.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "ksm/hosts/linux/call.h"
#include "ksm/hosts/linux/control.h"
#include "ksm/hosts/linux/identity.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/hosts/linux/trial.h"

#define EVENTS_MAX 64
#define BACKLOG    4
#define NS_PER_MS  UINT64_C(1000000)

/* What an event is about, in its high half; the number of the peer is the low half. */
enum source { SOURCE_PEER = 0, SOURCE_LISTENER = 1, SOURCE_CONTROL = 2, SOURCE_WAKER = 3 };

static int waiter = -1;
static int listeners[SYSTEM_INSTANCES_MAX];
static int control = -1;
static int waker = -1;
static char folder[64];

static bool
watch(int descriptor, enum source source, uint32_t number)
{
	struct epoll_event event = {.events = EPOLLIN, .data.u64 = (uint64_t)source << 32 | number};

	return epoll_ctl(waiter, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

/* Returns the socket, or -1 after an error. mode: of its file. */
static int
listen_at(const char *name, mode_t mode, uid_t owner)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int length = snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s", folder, name);
	int descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const char *what = "bind a socket";

	if (length < 0 || (size_t)length >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
	} else if (descriptor >= 0) {
		/* A socket of a broker that is gone: nobody listens there any more. */
		int probe = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		bool is_used =
			connect(probe, (const struct sockaddr *)&address, sizeof(address)) == 0 ||
			errno == EAGAIN;

		(void)close(probe);
		if (is_used) {
			errno = EADDRINUSE;
			what = "listen where another broker does";
		} else {
			(void)unlink(address.sun_path);
			mode_t before = umask(0777);
			int result = bind(
				descriptor, (const struct sockaddr *)&address, sizeof(address));
			(void)umask(before);
			if (result == 0 &&
				(owner == getuid() ||
					chown(address.sun_path, owner, (gid_t)-1) == 0) &&
				chmod(address.sun_path, mode) == 0 &&
				listen(descriptor, BACKLOG) == 0) {
				return descriptor;
			}
		}
	}
	(void)fprintf(stderr, "ksm-broker: error: cannot %s at %s/%s: %s\n", what, folder, name,
		strerror(errno));
	if (descriptor >= 0) {
		(void)close(descriptor);
	}
	return -1;
}

/* Only an owner other than the broker's user needs root to be given the file. */
static bool
listen_for(uint32_t member)
{
	const char *name = system_member(member)->name;

	if (!identity_is_known(member)) {
		return true;
	}
	listeners[member] = listen_at(name, 0600, identity_user(member));
	return listeners[member] >= 0 && watch(listeners[member], SOURCE_LISTENER, member);
}

/* Room for every descriptor that may be held at once: nobody can make it run out. */
static bool
limit_raise(void)
{
	const rlim_t need = PEERS_MAX * (1 + KSM_WIRE_DESCRIPTORS_MAX) + SYSTEM_INSTANCES_MAX + 64;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max < need) {
		(void)fprintf(stderr,
			"ksm-broker: error: at most %lu descriptors may be open, it needs %lu; "
			"type: "
			"ulimit -n %lu\n",
			(unsigned long)limit.rlim_max, (unsigned long)need, (unsigned long)need);
		return false;
	}
	limit.rlim_cur = limit.rlim_cur < need ? need : limit.rlim_cur;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0;
}

bool
broker_open(const char *path)
{
	if (!limit_raise()) {
		return false;
	}
	if (strlen(path) >= sizeof(folder)) {
		(void)fprintf(stderr,
			"ksm-broker: error: the folder's name has more than %zu bytes, which no "
			"socket's path may have: %s\n",
			sizeof(folder) - 1, path);
		return false;
	}
	(void)strcpy(folder, path);
	if (mkdir(folder, 0755) != 0 && errno != EEXIST) {
		(void)fprintf(stderr, "ksm-broker: error: cannot make the folder %s: %s\n", folder,
			strerror(errno));
		return false;
	}
	for (uint32_t i = 0; i < system_members(); i++) {
		listeners[i] = -1;
	}
	waiter = epoll_create1(EPOLL_CLOEXEC);
	waker = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	bool is_open = waiter >= 0 && waker >= 0 && watch(waker, SOURCE_WAKER, 0);
	for (uint32_t i = 0; i < system_members() && is_open; i++) {
		is_open = listen_for(i);
	}
	if (is_open) {
		control = listen_at(BROKER_CONTROL, 0600, getuid());
		is_open = control >= 0 && watch(control, SOURCE_CONTROL, 0);
	}
	if (!is_open) {
		broker_close();
	}
	return is_open;
}

static void
peer_close(struct peer *peer)
{
	struct station *station = peer->home;

	call_gone(peer);
	peer_release(peer);
	if (station->threads == 0) {
		journal_say((uint32_t)(station - station_at(0)), "ksm-broker: %s is gone",
			station->member->name);
	}
}

/* Ends who broke the protocol or went away; that may break others, who are told and do not listen.
 */
static void
sweep(void)
{
	while (peer_take_broken()) {
		for (uint32_t i = 0; i < PEERS_MAX; i++) {
			struct peer *peer = peer_at(i);

			if (peer->home != NULL && peer->is_broken) {
				peer_close(peer);
			}
		}
	}
}

/* Returns NULL, or why not. */
static const char *
accept_check(int descriptor, uint32_t number)
{
	struct station *station = station_at(number);
	struct ucred who;
	socklen_t length = sizeof(who);
	const char *error;

	if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &length) != 0) {
		return "nobody says who it is";
	}
	error = identity_check(number, who.uid, who.pid);
	if (error != NULL) {
		return error;
	}
	if (station->threads == 0) {
		station->process = who.pid;
	} else if (station->process != who.pid) {
		return "another process is connected already";
	}
	return station->threads == THREADS_MAX ? "it has as many connections as it may" : NULL;
}

static void
accept_peer(uint32_t number)
{
	struct station *station = station_at(number);
	int descriptor = accept4(listeners[number], NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	const char *error;
	struct peer *peer = NULL;

	if (descriptor < 0) {
		return;
	}
	error = accept_check(descriptor, number);
	if (error == NULL) {
		peer = peer_take(station, descriptor);
		error = peer == NULL ? "all places are taken" : NULL;
	}
	if (error == NULL && !watch(descriptor, SOURCE_PEER, peer_index(peer))) {
		error = strerror(errno);
		peer->home = NULL;
	}
	if (error != NULL) {
		journal_say(
			number, "ksm-broker: refused to be %s: %s", station->member->name, error);
		(void)close(descriptor);
		return;
	}
	if (station->threads == 0) {
		journal_say(number, "ksm-broker: %s is connected", station->member->name);
	}
	call_connected(peer);
}

static void
peer_event(struct peer *peer)
{
	static struct packet packet;

	/* It was closed in this turn, and this event is of before. */
	if (peer->home != NULL && !peer->is_broken && peer_read(peer, &packet)) {
		call_packet(peer, &packet);
	}
}

/* The connection that somebody asks through. */
static void
control_watch(int descriptor)
{
	if (descriptor >= 0) {
		(void)watch(descriptor, SOURCE_CONTROL, 1);
	}
}

static int
timeout_until(uint64_t due_ns, int timeout_ms)
{
	uint64_t now_ns = peer_now_ns();
	uint64_t wait_ms = due_ns <= now_ns ? 0 : (due_ns - now_ns + NS_PER_MS - 1) / NS_PER_MS;

	if (due_ns == UINT64_MAX || (timeout_ms >= 0 && wait_ms > (uint64_t)timeout_ms)) {
		return timeout_ms;
	}
	return wait_ms > INT32_MAX ? INT32_MAX : (int)wait_ms;
}

/* When something is due that is no packet. */
static uint64_t
expire(void)
{
	uint64_t now_ns = peer_now_ns();
	uint64_t trial_ns = trial_expire(now_ns);
	uint64_t call_ns = call_expire(now_ns);

	call_settle();
	sweep();
	return trial_ns < call_ns ? trial_ns : call_ns;
}

void
broker_step(int timeout_ms)
{
	struct epoll_event events[EVENTS_MAX];
	int count = epoll_wait(waiter, events, EVENTS_MAX, timeout_until(expire(), timeout_ms));

	for (int i = 0; i < count; i++) {
		uint32_t number = (uint32_t)events[i].data.u64;

		switch ((enum source)(events[i].data.u64 >> 32)) {
		case SOURCE_PEER:
			peer_event(peer_at(number));
			break;
		case SOURCE_LISTENER:
			accept_peer(number);
			break;
		case SOURCE_CONTROL:
			if (number == 0) {
				control_watch(control_accept(control));
			} else {
				control_serve();
			}
			break;
		case SOURCE_WAKER:
			break;
		}
		call_settle();
		sweep();
	}
}

void
broker_wake(void)
{
	const uint64_t once = 1;
	int error = errno;

	/* It stays readable: a signal that comes before the wait is not missed. */
	if (waker >= 0) {
		(void)!write(waker, &once, sizeof(once));
	}
	errno = error;
}

static void
socket_remove(int descriptor, const char *name)
{
	char path[sizeof(folder) + 128];

	if (descriptor >= 0) {
		(void)close(descriptor);
		(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
		(void)unlink(path);
	}
}

void
broker_close(void)
{
	for (uint32_t i = 0; i < PEERS_MAX; i++) {
		if (peer_at(i)->home != NULL) {
			peer_break(peer_at(i));
		}
	}
	for (uint32_t i = 0; i < system_members(); i++) {
		socket_remove(listeners[i], system_member(i)->name);
	}
	sweep();
	socket_remove(control, BROKER_CONTROL);
	(void)close(waiter);
	(void)close(waker);
	waker = -1;
}
