/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A small L1 by hand: every kind of field, every kind of decision. */
#ifndef TESTS_POLICY_FIXTURE_H
#define TESTS_POLICY_FIXTURE_H

#include "boards/board.h"
#include "ksm/gate/l1.h"

enum fixture_number {
	FIXTURE_CLIENT = 3, /* labels */
	FIXTURE_SERVER = 4,
	FIXTURE_STRANGER = 5,
	FIXTURE_UART = 6,
	FIXTURE_RAM = 7,
	FIXTURE_POLICY = 8,
	FIXTURE_AUDIT = 9,
	FIXTURE_POWER = 10,
	FIXTURE_VALVE = 16, /* interfaces */
	FIXTURE_PLAIN = 17,
	FIXTURE_SET = 1, /* methods of Valve */
	FIXTURE_READ = 2,
	FIXTURE_GONE = 3, /* a reserved number */
	FIXTURE_MODE = 4,
	FIXTURE_WIDE = 5,
	FIXTURE_ECHO = 1, /* methods of Plain */
	FIXTURE_PING = 2,
	FIXTURE_SECRET = 3,
};

/*
 * interface Valve {
 *     set(channel: u8 in 0..7, tenths: i16 in -400..850) errors {busy, jammed}
 *     read(channel: u8 in 0..7) -> (tenths: i16)
 *     reserved 3
 *     mode(mode: Mode, on: bool, until: u64)            # Mode: off 1, low 2, high 3, test 9
 *     wide(a: u32, b: u32, c: i64, d: u16)
 * }
 * interface Plain { echo(data: bytes<960>) -> (data: bytes<960>)  ping()  secret(pin: u16 secret) }
 *
 *  1 allow  client -> server : valve.set(channel in 0..3)
 *  2 allow  client -> server : valve.set(channel = 5, tenths in {0, 10..20, 30})
 *  3 forbid client -> server : valve.set(tenths > 600)
 *  4 allow  client -> server : valve.read
 *  5 forbid reply client -> server : valve.read(tenths in -1000..-500)
 *  6 allow  client -> server : valve.mode(mode != high) audit granted
 *  7 allow  client -> server : valve.wide((a < b or c <= -5) and not d = 7)
 *  8 allow  client -> server : plain.*
 *  9 forbid client -> server : plain.ping
 * 10 allow  stranger -> server : plain.secret(pin in 1000..1009)
 * and the replies and errors that follow from the allowed calls.
 *
 * client (number 1) uses valve and plain of server (2) and has an optional use `spare` without a
 * wire; stranger (3) is wired to valve and plain. server signals client; stranger signals server
 * and client. server has devices uart0 (with an interrupt) and ram, client has policy, audit and
 * power.
 */
const struct l1 *fixture_l1(void);
const struct board *fixture_board(void);

#endif
