/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Doubly linked queues through links inside the objects; removal from the middle is O(1). A link in
 * no queue is {NULL, NULL}. */
#ifndef KERNEL_QUEUE_H
#define KERNEL_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct queue_link {
	struct queue_link *next;
	struct queue_link *previous;
};

struct queue {
	struct queue_link *first;
	struct queue_link *last;
};

/* Requires of every link that is put in that it stands in no queue. Puts `link` behind `after`;
 * after == NULL: in front. */
static inline void
queue_insert(struct queue *queue, struct queue_link *after, struct queue_link *link)
{
	struct queue_link *next = after == NULL ? queue->first : after->next;

	link->previous = after;
	link->next = next;
	if (after == NULL) {
		queue->first = link;
	} else {
		after->next = link;
	}
	if (next == NULL) {
		queue->last = link;
	} else {
		next->previous = link;
	}
}

/* Takes the first link. Requires that there is one. */
static inline struct queue_link *
queue_take(struct queue *queue)
{
	struct queue_link *link = queue->first;
	struct queue_link *next = link->next;

	if (__builtin_expect(next == NULL, 1)) {
		*queue = (struct queue){NULL, NULL};
	} else {
		queue->first = next;
		next->previous = NULL;
		link->next = NULL;
	}
	return link;
}

static inline void
queue_append(struct queue *queue, struct queue_link *link)
{
	struct queue_link *last = queue->last;

	if (__builtin_expect(last == NULL, 1)) {
		*queue = (struct queue){link, link};
	} else {
		link->previous = last;
		last->next = link;
		queue->last = link;
	}
}

/* Requires that `link` stands in `queue`. */
static inline void
queue_remove(struct queue *queue, struct queue_link *link)
{
	if (link->previous == NULL) {
		queue->first = link->next;
	} else {
		link->previous->next = link->next;
	}
	if (link->next == NULL) {
		queue->last = link->previous;
	} else {
		link->next->previous = link->previous;
	}
	link->next = NULL;
	link->previous = NULL;
}

static inline bool
queue_is_empty(const struct queue *queue)
{
	return queue->first == NULL;
}

#endif
