/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The broker's own socket: which policy is in force, what was recorded, who is there. */
#define _GNU_SOURCE
#include "ksm/hosts/linux/control.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "abi/abi.h"
#include "ksm/hosts/linux/broker.h"
#include "ksm/hosts/linux/journal.h"
#include "ksm/hosts/linux/judge.h"
#include "ksm/hosts/linux/peer.h"
#include "ksm/hosts/linux/trial.h"

#define REQUEST_BYTES 256u
#define ANSWER_BYTES  65536u
#define WORDS_MAX     4
#define NS_PER_MS     UINT64_C(1000000)
#define TRIAL_MS_MAX  86400000u

static int client = -1;

static const char *const status_texts[] = {
#define X(name, number, text) [(number)] = (text),
#include "abi/errors.def"
#undef X
};

int
control_accept(int listener)
{
	struct ucred who;
	socklen_t length = sizeof(who);
	int descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (descriptor < 0) {
		return -1;
	}
	if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &length) != 0 ||
		(who.uid != getuid() && who.uid != 0)) {
		(void)close(descriptor);
		return -1;
	}
	if (client >= 0) {
		(void)close(client);
	}
	client = descriptor;
	return client;
}

static bool
number_read(const char *word, uint32_t most, uint32_t *out)
{
	char *end;

	errno = 0;
	unsigned long value = word == NULL ? 0 : strtoul(word, &end, 10);
	if (word == NULL || word[0] < '0' || word[0] > '9' || *end != '\0' || errno != 0 ||
		value > most) {
		return false;
	}
	*out = (uint32_t)value;
	return true;
}

static bool
say_status(uint32_t status, struct text *out)
{
	text_add(out, "%s\n", status_texts[status]);
	return status == E_OK;
}

static bool
do_status(struct text *out)
{
	uint64_t due_ns = trial_due_ns();

	text_add(out, "policy %" PRIu32 " of %" PRIu32 ", version %" PRIu64 ", epoch %" PRIu32,
		judge_policy(), judge_policies(), ksm_policy_version(judge_blob(judge_policy())),
		judge_epoch());
	if (due_ns != UINT64_MAX) {
		uint64_t now_ns = peer_now_ns();

		text_add(out, ", on trial for %" PRIu64 " ms more",
			due_ns < now_ns ? 0 : (due_ns - now_ns) / NS_PER_MS);
	}
	text_add(out, "\n");
	for (uint32_t i = 0; i < system_members(); i++) {
		const struct station *station = station_at(i);

		text_add(out, "%-24s %-10s %8" PRIu32 " denied\n", station->member->name,
			station->threads != 0 ? "connected" : "absent",
			journal_counts_of(i).denied);
	}
	return true;
}

static bool
do_edges(struct text *out)
{
	const struct ksm_edge *edge;

	for (uint32_t i = 0; (edge = judge_edge_at(i)) != NULL; i++) {
		uint64_t denied = 0;

		for (uint32_t reason = 0; reason < KSM_REASONS; reason++) {
			denied += edge->denied[reason];
		}
		if (edge->interface >= INTERFACE_SIGNAL) {
			text_add(out, "%-16s %-16s %-16s %10" PRIu64 " %10" PRIu64 "\n",
				journal_label(edge->holder), journal_label(edge->target),
				journal_interface(edge->interface), judge_granted(edge), denied);
		}
	}
	return true;
}

static bool
do_records(struct text *out)
{
	uint32_t newest = journal_newest_number();

	for (uint32_t i = newest < JOURNAL_KEPT ? 1 : newest - JOURNAL_KEPT + 1; i <= newest; i++) {
		if (journal_line(i, out)) {
			text_add(out, "\n");
		}
	}
	return true;
}

static bool
do_why(const char *word, struct text *out)
{
	uint32_t number;

	if (number_read(word, UINT32_MAX, &number) && journal_why(number, out)) {
		return true;
	}
	text_add(out, "there is no such record; type: records\n");
	return false;
}

static bool
do_load(const char *number_word, const char *trial_word, struct text *out)
{
	uint32_t number;
	uint32_t trial_ms;

	if (!number_read(number_word, UINT8_MAX, &number) ||
		!number_read(trial_word, TRIAL_MS_MAX, &trial_ms)) {
		text_add(out,
			"write: load NUMBER MILLISECONDS, of the policies that the broker was "
			"started with, from 0\n");
		return false;
	}
	return say_status(trial_load(NULL, number, trial_ms * NS_PER_MS), out);
}

static bool
request_do(char *request, struct text *out)
{
	char *words[WORDS_MAX] = {NULL};
	char *rest = NULL;

	words[0] = strtok_r(request, " ", &rest);
	for (int i = 1; i < WORDS_MAX && words[i - 1] != NULL; i++) {
		words[i] = strtok_r(NULL, " ", &rest);
	}
	if (words[0] == NULL) {
		words[0] = request;
	}
	if (strcmp(words[0], "status") == 0) {
		return do_status(out);
	}
	if (strcmp(words[0], "edges") == 0) {
		return do_edges(out);
	}
	if (strcmp(words[0], "records") == 0) {
		return do_records(out);
	}
	if (strcmp(words[0], "why") == 0) {
		return do_why(words[1], out);
	}
	if (strcmp(words[0], "load") == 0) {
		return do_load(words[1], words[2], out);
	}
	if (strcmp(words[0], "confirm") == 0) {
		return say_status(trial_confirm(NULL), out);
	}
	if (strcmp(words[0], "revert") == 0) {
		return say_status(trial_revert(NULL), out);
	}
	text_add(out, "there is no such request; known: status, edges, records, why NUMBER, "
		      "load NUMBER MILLISECONDS, confirm, revert\n");
	return false;
}

void
control_serve(void)
{
	static char answer[ANSWER_BYTES];
	struct text out = {.bytes = answer + 1, .capacity = sizeof(answer) - 1};
	char request[REQUEST_BYTES];
	ssize_t length = recv(client, request, sizeof(request) - 1, MSG_DONTWAIT);

	if (length > 0) {
		request[length] = '\0';
		answer[0] = request_do(request, &out) ? '+' : '-';
		(void)send(client, answer, out.length + 1, MSG_DONTWAIT | MSG_NOSIGNAL);
	}
	(void)close(client);
	client = -1;
}

static int
ask_fail(const char *what, const char *path)
{
	(void)fprintf(stderr, "ksm-broker: error: cannot %s %s: %s\n", what, path, strerror(errno));
	return 1;
}

int
control_ask(const char *folder, int count, char **words)
{
	static char answer[ANSWER_BYTES];
	char request[REQUEST_BYTES] = "";
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int length =
		snprintf(address.sun_path, sizeof(address.sun_path), "%s/" BROKER_CONTROL, folder);
	int descriptor = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	size_t used = 0;

	for (int i = 0; i < count && used < sizeof(request); i++) {
		used += (size_t)snprintf(request + used, sizeof(request) - used, "%s%s",
			i == 0 ? "" : " ", words[i]);
	}
	if (length < 0 || (size_t)length >= sizeof(address.sun_path) || used >= sizeof(request)) {
		errno = ENAMETOOLONG;
		return ask_fail("ask", folder);
	}
	if (connect(descriptor, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		return ask_fail("reach a broker at", folder);
	}
	ssize_t got = -1;
	if (send(descriptor, request, used, MSG_NOSIGNAL) == (ssize_t)used) {
		got = recv(descriptor, answer, sizeof(answer), 0);
	}
	if (got < 1) {
		return ask_fail("get an answer of the broker at", folder);
	}
	(void)fwrite(answer + 1, 1, (size_t)got - 1, answer[0] == '+' ? stdout : stderr);
	(void)close(descriptor);
	return answer[0] == '+' ? 0 : 1;
}
