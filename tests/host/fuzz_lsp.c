/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Editors of all kinds: random edits with positions in UTF-16, inside and outside of the text,
 * requests anywhere, broken JSON-RPC, broken frames, two megabytes in one line. What comes back is
 * well-formed; each request is answered once, in its turn; the server gives up on nothing, goes on,
 * and holds the text that the edits say.
 */
/* test: gate tests/host/support/random.c tests/host/support/fuzz.c tests/host/support/random_gate.c
 *       tests/host/support/random_gate_fault.c tests/host/support/random_gate_label.c
 *       tests/host/support/random_gate_sum.c
 *       tests/host/support/random_gate_list.c
 *       tests/host/support/editor.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ksm/gate/buffer.h"
#include "ksm/lsp/node.h"
#include "ksm/lsp/server.h"
#include "tests/host/support/editor.h"
#include "tests/host/support/fuzz.h"
#include "tests/host/support/random.h"
#include "tests/host/support/random_gate.h"

#define CASES      40
#define LONG_EVERY 40u
#define LONG_BYTES ((size_t)2 * 1024 * 1024)

static const char *const pieces[] = {"", " ", "a", "}", "{", "(", ")", "\"", "#", ".", "->", ":",
	"allow ", "\nallow A -> B : ", "\r\n", "\r", "\n", "\n\n", "\xc3\xa9", "\xe2\x82\xac",
	"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "\t", "\x01", "when ", "in {1, 2}",
	"0x", "18446744073709551616", "use ", "use a.b (C)\n", "edition 1\n", "## words\n"};

/* What may stand there instead of a number, a text, an object. */
static const char *const junk[] = {"null", "true", "-1", "1e400", "4294967296", "1.5", "\"\"", "[]",
	"{}", "[[[[[[]]]]]]", "\"\\ud800\"", "\"\\u0000\"", "99999999999999999999", "\"", "{", "]",
	"\xff", "0", "\"x\":1", ""};

#define COUNT_OF(list) (sizeof(list) / sizeof((list)[0]))

static void
edits_make(struct editor *e)
{
	uint64_t count = 1 + random_below(10);

	for (uint64_t i = 0; i < count; i++) {
		struct buffer piece;

		buffer_init(&piece, &e->arena);
		for (uint64_t n = random_below(3); n < 3; n++) {
			buffer_text(&piece, pieces[random_below(COUNT_OF(pieces))]);
		}
		editor_edit(e, piece.bytes, piece.size);
		if (random_below(3) == 0) {
			editor_ask(e);
		}
	}
}

/* A message of which bytes are other ones; its frame is right. */
static void
broken_message(struct editor *e)
{
	struct buffer b;
	size_t first = e->session.size;
	size_t body;
	uint64_t at;
	const char *piece = junk[random_below(COUNT_OF(junk))];

	editor_request(e, "textDocument/hover", "\"position\":{\"line\":0,\"character\":3}");
	e->next_id--; /* what answers it, if anything does, is not known */
	body = (size_t)(strstr(e->session.bytes + first, "\r\n\r\n") + 4 - e->session.bytes);
	buffer_init(&b, &e->arena);
	at = random_below(e->session.size - body);
	buffer_add(&b, e->session.bytes + body, at);
	buffer_text(&b, piece);
	at += random_below(2) * random_below(e->session.size - body - at + 1);
	buffer_add(&b, e->session.bytes + body + at, e->session.size - body - at);
	e->session.size = first;
	editor_frame(e, b.bytes, b.size);
}

static void
broken_frame(struct editor *e)
{
	static const char *const heads[] = {"\r\n", "Content-Length: x\r\n\r\n", "nothing\n",
		"Content-Length: 18446744073709551615\r\n\r\n", "Content-Length: \r\n\r\n",
		"content-length:2\r\nX: y\r\n\r\n{}", "Content-Length: 2\r\n\r\n{",
		"Content-Length: 70000000\r\n\r\n", "Content-Length: 0\r\n\r\n"};

	buffer_text(&e->session, heads[random_below(COUNT_OF(heads))]);
	e->is_lost = true;
}

/* One line of two megabytes: blanks, one name, one text, or many words. */
static void
long_line(struct editor *e)
{
	static const char *const fillers[] = {" ", "a", "allow ", "\xf0\x9f\x98\x80", "{", "1 "};
	const char *filler = fillers[random_below(COUNT_OF(fillers))];
	size_t length = strlen(filler);
	struct buffer b;

	buffer_init(&b, &e->arena);
	buffer_text(&b, "edition 1\nunit a ");
	while (b.size < LONG_BYTES) {
		buffer_add(&b, filler, length);
	}
	editor_open(e, b.bytes, b.size);
	editor_edit(e, "x", 1);
	editor_ask(e);
}

static void
usual_text(struct editor *e, uint64_t n)
{
	struct buffer whole;
	struct buffer part;

	buffer_init(&whole, &e->arena);
	buffer_init(&part, &e->arena);
	random_gate(&whole);
	if (n % 4 == 0) {
		editor_open(e, whole.bytes, whole.size);
	} else if (n % 4 == 1) {
		random_gate_fault(&part, whole.bytes, whole.size);
		editor_open(e, part.bytes, part.size);
	} else {
		random_gate_part(&part, whole.bytes, whole.size);
		editor_open(e, part.bytes, part.size);
	}
}

static uint64_t
case_try(uint64_t n)
{
	struct editor e;

	editor_begin(&e);
	if (n % LONG_EVERY == LONG_EVERY - 1) {
		long_line(&e);
	} else {
		usual_text(&e, n);
		edits_make(&e);
		for (uint64_t i = random_below(4); i > 0; i--) {
			broken_message(&e);
		}
		if (n % 8 == 7) {
			broken_frame(&e);
		}
	}
	editor_end(&e);
	if (getenv("FUZZ_SHOW") != NULL) {
		(void)fwrite(e.session.bytes, 1, e.session.size, stderr);
	}
	editor_check(&e);
	editor_release(&e);
	return 1;
}

int
main(void)
{
	return fuzz_main("lsp", CASES, case_try);
}
