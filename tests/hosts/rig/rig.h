/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The roles of the rig: each is a process that talks to a broker. */
#ifndef TESTS_HOSTS_RIG_H
#define TESTS_HOSTS_RIG_H

#include <stdint.h>

#define METHOD_PUT  1u /* of Pipe */
#define METHOD_WAIT 2u
#define METHOD_END  3u
#define METHOD_OPEN 1u /* of Store */
#define METHOD_GIVE 2u
#define METHOD_LEND 3u

#define HANDLE_PIPE  HANDLE_INITIAL(8) /* of Sender and Other */
#define HANDLE_STORE HANDLE_INITIAL(9)
#define HANDLE_BELL  HANDLE_INITIAL(10)
#define HANDLE_SWAP  HANDLE_INITIAL(12)

#define INTERFACE_DOC 16u

/* Ends the process with a sentence if it does not hold. */
#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)
void check(int holds, const char *text, const char *file, int line);

struct ksm_client;
struct ksm_message;

/* Connects as `name` of the broker's folder; waits for it a while. */
void rig_open(struct ksm_client *client, const char *folder, const char *name);
/* A call with this payload. */
uint32_t rig_call(const struct ksm_client *client, uint32_t handle, uint32_t method,
	struct ksm_message *message, const void *bytes, uint32_t length);

/* Low 24 bits: how many requests of put the receiver got; high 8: how many signals. */
uint32_t rig_end(const struct ksm_client *client);

/* Roles. */
void receiver_run(const char *folder);
void sender_run(const char *folder, uint32_t count);
void share_run(const char *folder);
void hostile_run(const char *folder, uint32_t seed, uint32_t rounds);

#endif
