/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The message path: who waits where, who owes whom an answer, how a call ends. Every inline below
 * is a function of kernel/, statement by statement, without what it copies and judges; a verdict is
 * a free choice. The kernel runs to its end before anything else happens, so a step is atomic.
 *
 * Clients call a server of two threads through one endpoint; one reply object. At any time a
 * deadline may pass, a client may die and start again, the server may die, be reset, given up or
 * restarted. MUTANT plants a bug, which one of the asserts must find.
 */
#ifndef MUTANT
#define MUTANT 0
#endif

#ifndef CLIENTS
#define CLIENTS 2
#endif
#define THREADS (CLIENTS + 2) /* the clients first */
#define SERVER  CLIENTS       /* and the one behind it */
#define NONE    7

#define FOR_THREADS(t) for (t : 0 .. THREADS - 1)

mtype = {INACTIVE, READY, QUEUED, CALLING, RECEIVING}; /* enum thread_state */
mtype = {NOWHERE, IN_READY, IN_SENDERS, IN_RECEIVERS};  /* where a thread's link stands */
mtype = {E_OK, E_DENIED, E_DIED, E_TIMEOUT, E_CANCELLED, E_RESTARTED};

/* struct thread, and its struct call */
mtype state[THREADS] = INACTIVE;
mtype link[THREADS] = NOWHERE;
byte caller[THREADS] = NONE;
byte call_server[THREADS] = NONE;
bool call_kept[THREADS];
bool is_orphaned[THREADS];
bool has_deadline[THREADS]; /* deadline_ns != 0 */
bool is_timed[THREADS];

/* struct endpoint, struct reply, the clients' capabilities */
chan senders = [CLIENTS] of {byte};
chan receivers = [THREADS] of {byte};
byte marked; /* clients of this restart so far */
bool is_closed;
byte reply_caller = NONE;
bool reply_is_orphaned;
bool is_stale[CLIENTS]; /* SLOT_STALE */

/* What init knows of the server. */
mtype = {RUNNING, STOPPING, STOPPED, RESET, CLOSED};
mtype server = RUNNING;

/* Ghosts: what a person would say happened. */
bool under_way[CLIENTS];   /* a call has begun and not ended */
bool call_parity[CLIENTS]; /* tells a call from the next one */
bool is_told_due[CLIENTS]; /* the server is new, and the client was not told */
byte serving[THREADS];     /* the call that a server's next answer is meant for: */
byte reply_serving;        /* client * 2 + parity */

byte t, s, c, p; /* of the inlines: 0 between steps */

/* A call ends once, in the caller's hands. */
inline ended(who) {
	assert(under_way[who]);
	under_way[who] = false;
	call_parity[who] = !call_parity[who]
}

inline scheduler_ready(who) {
	state[who] = READY;
	assert(link[who] == NOWHERE);
	link[who] = IN_READY
}

inline scheduler_remove(who) {
	assert(link[who] == IN_READY);
	link[who] = NOWHERE
}

inline timer_start(who) {
	if
	:: has_deadline[who] && state[who] == READY -> has_deadline[who] = false
	:: has_deadline[who] && state[who] != READY ->
		assert(!is_timed[who]);
		is_timed[who] = true
	:: else
	fi
}

inline timer_cancel(who) {
	if
	:: is_timed[who] ->
		is_timed[who] = false;
		has_deadline[who] = false
	:: else
	fi
}

/* The thread leaves the processor: it stands in no queue, for a moment. */
inline block(who) {
	scheduler_remove(who)
}

inline senders_insert(who) {
	assert(link[who] == NOWHERE);
	senders!who;
	link[who] = IN_SENDERS;
	state[who] = QUEUED
}

inline endpoint_leave(who) {
	if
	:: state[who] == RECEIVING ->
		assert(link[who] == IN_RECEIVERS);
		receivers??eval(who)
	:: else ->
		assert(state[who] == QUEUED && link[who] == IN_SENDERS);
		senders??eval(who)
	fi;
	link[who] = NOWHERE
}

inline reply_owe(by, to) {
	assert(caller[by] == NONE && state[to] == CALLING);
	caller[by] = to;
	is_orphaned[by] = false;
	call_server[to] = by;
	call_kept[to] = false;
	serving[by] = to * 2 + call_parity[to]
}

inline reply_forget(who) {
	assert(state[who] == CALLING);
	if
	:: call_server[who] != NONE ->
		s = call_server[who];
#if MUTANT != 1
		caller[s] = NONE;
#endif
		is_orphaned[s] = true
	:: else
	fi;
	if
	:: call_kept[who] ->
		reply_caller = NONE;
		reply_is_orphaned = true
	:: else
	fi;
	call_server[who] = NONE;
	call_kept[who] = false
}

inline thread_unblock(who) {
	if
	:: state[who] == QUEUED || state[who] == RECEIVING ->
#if MUTANT == 2
		link[who] = NOWHERE
#else
		endpoint_leave(who)
#endif
	:: state[who] == CALLING -> reply_forget(who)
	:: else -> assert(false)
	fi;
#if MUTANT != 3
	timer_cancel(who)
#endif
}

inline thread_wake(who, status) {
	if
	:: state[who] == QUEUED || state[who] == CALLING -> ended(who)
	:: else
	fi;
	thread_unblock(who);
	scheduler_ready(who)
}

inline reply_end(who, status) {
	assert(state[who] == CALLING);
	thread_wake(who, status)
}

/* `meant`: the call whose request the server has read. The verdict is free. */
inline reply_send(to, meant) {
	if
	:: reply_end(to, E_DENIED)
	:: true ->
		assert(meant == to * 2 + call_parity[to]);
		ended(to);
		reply_forget(to);
#if MUTANT != 4
		timer_cancel(to);
#endif
		scheduler_ready(to)
	fi
}

inline reply_hold(by) {
	if
	:: caller[by] != NONE && reply_caller == NONE ->
		p = caller[by];
		reply_caller = p;
		reply_is_orphaned = false;
		reply_serving = serving[by];
		call_server[p] = NONE;
		call_kept[p] = true;
#if MUTANT != 5
		caller[by] = NONE
#endif
	:: else /* E_STATE */
	fi
}

inline reply_destroy() {
	if
	:: reply_caller != NONE ->
		p = reply_caller;
		reply_end(p, E_DIED)
	:: else
	fi;
	reply_is_orphaned = false
}

inline deliver(from, to) {
	state[from] = CALLING;
	reply_owe(to, from)
}

inline endpoint_send(who) {
	if
	:: is_closed ->
		ended(who);
		has_deadline[who] = false
	:: !is_closed && empty(receivers) ->
		block(who);
		senders_insert(who);
		timer_start(who)
	:: !is_closed && nempty(receivers) ->
		receivers?<s>;
		endpoint_leave(s);
		timer_cancel(s);
		block(who);
		deliver(who, s);
		scheduler_ready(s);
		timer_start(who)
	fi
}

/* A request that an older policy granted may be denied now. */
inline endpoint_receive(who) {
	assert(caller[who] == NONE);
	do
	:: empty(senders) ->
		block(who);
		receivers!who;
		link[who] = IN_RECEIVERS;
		state[who] = RECEIVING;
		timer_start(who);
		break
	:: nempty(senders) ->
		senders?<c>;
		thread_wake(c, E_DENIED)
	:: nempty(senders) ->
		senders?<c>;
		endpoint_leave(c);
		deliver(c, who);
		has_deadline[who] = false;
		break
	od
}

/* One call a step: others may run in between. */
inline endpoint_close_step() {
	is_closed = true;
	if
#if MUTANT != 6
	:: nempty(senders) ->
		senders?<c>;
		thread_wake(c, E_DIED)
#endif
	:: else -> server = CLOSED
	fi
}

/* Marks one client in each step; the endpoint opens when all are marked. */
inline endpoint_restart_step() {
	if
	:: marked < CLIENTS ->
#if MUTANT != 7
		is_stale[marked] = true;
#endif
		is_told_due[marked] = true;
		marked++
	:: else ->
		is_closed = false;
		marked = CLIENTS + 1
	fi
}

inline message_call(who) {
	if
	:: is_stale[who] ->
		is_stale[who] = false;
		assert(is_told_due[who]);
		is_told_due[who] = false; /* E_RESTARTED */
		has_deadline[who] = false
	:: !is_stale[who] -> has_deadline[who] = false /* denied */
	:: !is_stale[who] ->
		assert(!is_told_due[who]);
		assert(!under_way[who]);
		under_way[who] = true;
		endpoint_send(who)
	fi
}

inline message_reply(who) {
	if
	:: caller[who] != NONE ->
		p = caller[who];
		reply_send(p, serving[who])
	:: else -> is_orphaned[who] = false /* E_CANCELLED, or E_STATE */
	fi
}

inline message_reply_kept() {
	if
	:: reply_caller != NONE ->
		p = reply_caller;
		reply_send(p, reply_serving)
	:: else -> reply_is_orphaned = false
	fi
}

inline message_receive(who) {
	if
	:: caller[who] != NONE -> has_deadline[who] = false /* E_STATE */
	:: else -> endpoint_receive(who)
	fi
}

inline thread_stop(who) {
	if
	:: state[who] == READY -> scheduler_remove(who)
	:: state[who] == QUEUED || state[who] == CALLING ->
		ended(who);
		thread_unblock(who)
	:: state[who] == RECEIVING -> thread_unblock(who)
	:: state[who] == INACTIVE
	fi;
	state[who] = INACTIVE;
#if MUTANT != 8
	if
	:: caller[who] != NONE ->
		p = caller[who];
		reply_end(p, E_DIED)
	:: else
	fi
#endif
}

inline thread_start(who) {
	has_deadline[who] = false;
	is_orphaned[who] = false;
	scheduler_ready(who)
}

/* What holds between any two steps. */
inline check() {
	FOR_THREADS(t) {
		/* Nobody stands in two queues, or runs while it waits. */
		assert((state[t] == READY) == (link[t] == IN_READY));
		assert((state[t] == QUEUED) == (link[t] == IN_SENDERS));
		assert((state[t] == RECEIVING) == (link[t] == IN_RECEIVERS));
		/* A deadline of a call that waits is never lost, and none outlives its call. */
		assert(is_timed[t] == (has_deadline[t] && state[t] != READY));
		assert(!(is_timed[t] && state[t] == INACTIVE));
		/* Both sides agree on who owes what. */
		assert(caller[t] == NONE || call_server[caller[t]] == t);
		assert(call_server[t] == NONE || caller[call_server[t]] == t);
		/* Whoever was received is owed an answer by one that lives. */
		assert((state[t] == CALLING) == (call_server[t] != NONE || call_kept[t]));
		assert(!(call_server[t] != NONE && call_kept[t]));
		assert(call_server[t] == NONE || state[call_server[t]] != INACTIVE);
		assert(call_kept[t] == (reply_caller == t))
	}
	for (c : 0 .. CLIENTS - 1) {
		assert(under_way[c] == (state[c] == QUEUED || state[c] == CALLING))
	}
	assert(len(senders) == 0 || len(receivers) == 0);
	assert(server != CLOSED || len(senders) == 0);
	assert(reply_caller == NONE || server == RUNNING || server == STOPPING ||
	       server == STOPPED);
	t = 0;
	s = 0;
	c = 0;
	p = 0
}

/* A deadline is for the next call that blocks. */
inline maybe_deadline(who) {
	if
	:: has_deadline[who] = true
	:: has_deadline[who] = false
	fi
}

#define is_client(n) (n < CLIENTS)

active proctype machine() {
	byte who;

	atomic {
		FOR_THREADS(t) { thread_start(t) }
		check()
	}
	do
	:: atomic {
		/* What a thread does when it runs. */
		select(who : 0 .. THREADS - 1);
		if
		:: state[who] == READY && is_client(who) ->
			maybe_deadline(who);
			message_call(who)
		:: state[who] == READY && !is_client(who) ->
			maybe_deadline(who);
			message_receive(who)
		:: state[who] == READY && !is_client(who) -> message_reply(who)
		:: state[who] == READY && !is_client(who) -> message_reply_kept()
		:: state[who] == READY && !is_client(who) -> reply_hold(who)
		:: state[who] == READY && !is_client(who) ->
			message_reply(who);
			if
			:: caller[who] == NONE ->
				maybe_deadline(who);
				message_receive(who)
			:: else
			fi
		/* What happens to it. */
		:: is_timed[who] -> thread_wake(who, E_TIMEOUT)
		:: is_client(who) && state[who] != INACTIVE -> thread_stop(who)
		:: is_client(who) && state[who] == INACTIVE -> thread_start(who)
		:: who == 0 && server == RUNNING ->
			thread_stop(SERVER);
			server = STOPPING
		:: who == 0 && server == STOPPING ->
			thread_stop(SERVER + 1);
			server = STOPPED
		:: who == 0 && server == STOPPED ->
			reply_destroy();
			server = RESET
		:: who == 0 && server == RESET -> endpoint_close_step()
		:: who == 0 && (server == RESET || server == CLOSED) ->
			endpoint_restart_step();
			if
			:: marked > CLIENTS ->
				marked = 0;
				thread_start(SERVER);
				thread_start(SERVER + 1);
				server = RUNNING
			:: else
			fi
		:: else
		fi;
		who = 0;
		check()
	}
	od
}
