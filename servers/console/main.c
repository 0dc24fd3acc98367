/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The console: output of many, lines and keys for one, and a prompt that is never torn. */
#include <string.h>

#include "abi/abi.h"
#include "gatehouse/server.h"
#include "line.h"
#include "process_console.h"
#include "reply.h"
#include "untyped.h"

#define OUT_BYTES   960u  /* of one serial.write */
#define TRIES       3     /* E_RESTARTED comes once for each restart of the driver */
#define TYPED_BYTES 1024u /* so far ahead of what is taken Ctrl-C is looked for */

/* libc-glue is built before any stub is, so it speaks these two methods by number. */
_Static_assert(CONSOLE_WRITE == 1 && CONSOLE_READ == 2 &&
		       CONSOLE_ERROR_INTERRUPTED == GATE_ERROR + 2 &&
		       CONSOLE_ERROR_END == GATE_ERROR + 3,
	"as libc-glue/console.c has it");

static struct line line;

/* What the one that waits wants: its call is held by the reply object. */
enum wish { WISH_NONE, WISH_LINE, WISH_EDIT, WISH_KEY };
static enum wish wish;

/* Who wants to know of Ctrl-C. */
static struct {
	uint32_t reply; /* 0: never used */
	bool is_waiting;
} watcher;

/* Bytes of the driver that nobody has taken yet. */
static struct {
	uint8_t bytes[TYPED_BYTES];
	uint32_t next;
	uint32_t count;
} typed;

/* Bytes for the driver, sent when full or flushed. */
static struct {
	char bytes[OUT_BYTES];
	uint32_t length;
} out;

static void
flush(void)
{
	for (int i = 0; i < TRIES && out.length > 0; i++) {
		if (serial_write(CONSOLE_SERIAL, out.bytes, out.length) != E_RESTARTED) {
			break;
		}
	}
	out.length = 0;
}

static void
put(char byte)
{
	if (out.length == OUT_BYTES) {
		flush();
	}
	out.bytes[out.length++] = byte;
}

static void
put_text(const char *text, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		if (text[i] == '\n') {
			put('\r');
		}
		put(text[i]);
	}
}

static void
put_raw(const char *text)
{
	while (*text != '\0') {
		put(*text++);
	}
}

static void
line_show_from(uint32_t skipped)
{
	struct line_echo echo;

	line_draw(&line, &echo);
	for (uint32_t i = skipped; i < echo.length; i++) {
		put(echo.text[i]);
	}
}

static void
line_show(void)
{
	line_show_from(0);
}

/* Output while somebody types: their line gives way and comes back. */
static void
write_over_line(const char *text, uint32_t length)
{
	put_raw(LINE_ERASE);
	put_text(text, length);
	if (text[length - 1] != '\n') {
		put_raw("\r\n");
	}
	/* The row is empty, and who waits for a prompt sees one. */
	line_show_from(LINE_ERASE_BYTES);
}

static uint32_t
console_write_text(
	void *context, const struct caller *caller, const void *data, uint32_t data_bytes)
{
	(void)context;
	(void)caller;
	if (data_bytes == 0) {
		return E_OK;
	}
	if (wish == WISH_LINE || wish == WISH_EDIT) {
		write_over_line(data, data_bytes);
	} else {
		line_set(&line, "", 0, 0); /* what was typed is not the end of the row any more */
		put_text(data, data_bytes);
		line_note_output(&line, data, data_bytes);
	}
	flush();
	return E_OK;
}

/* A reader that died meanwhile wants nothing. */
static void
answer(const struct message *message)
{
	(void)ipc_reply(HANDLE_REPLY, message);
	wish = WISH_NONE;
}

static void
answer_line(enum console_key key)
{
	static struct message message;

	if (wish == WISH_EDIT) {
		console_edit_reply(&message, key, (uint8_t)line.at, line.text, line.length);
	} else {
		console_read_reply(&message, line.text, line.length);
	}
	answer(&message);
	if (key == CONSOLE_KEY_ENTER) {
		line_clear(&line);
	}
}

/* Whoever reads a line gets none. */
static void
answer_error(uint32_t error)
{
	static struct message message;

	gate_answer_error(&message, error);
	answer(&message);
	line_clear(&line);
}

static void
explain_leaving(void)
{
	put_raw("to leave: type poweroff, or press Ctrl-A and then x\r\n");
	line_show();
}

/* A key that means something to who edits; to others it means nothing. */
static void
pass_key(enum console_key key)
{
	if (wish == WISH_EDIT) {
		answer_line(key);
	} else {
		put('\a');
	}
}

static void
act(enum line_event event)
{
	switch (event) {
	case LINE_DONE:
		answer_line(CONSOLE_KEY_ENTER);
		break;
	case LINE_TAB:
		pass_key(CONSOLE_KEY_TAB);
		break;
	case LINE_UP:
		pass_key(CONSOLE_KEY_UP);
		break;
	case LINE_DOWN:
		pass_key(CONSOLE_KEY_DOWN);
		break;
	case LINE_END:
		if (wish == WISH_LINE) {
			put_raw("\r\n");
			answer_error(CONSOLE_ERROR_END);
		}
		break;
	case LINE_LEAVE:
		explain_leaving();
		break;
	case LINE_SCREEN:
		put_raw("\033[H\033[2J");
		line_show();
		break;
	case LINE_REDRAW:
		line_show();
		break;
	default:
		break;
	}
}

static void
take_key(uint8_t byte)
{
	static struct message message;
	struct line_echo echo;

	if (wish == WISH_KEY) {
		console_key_reply(&message, byte);
		answer(&message);
		return;
	}
	enum line_event event = line_key(&line, byte, &echo);
	for (uint32_t i = 0; i < echo.length; i++) {
		put(echo.text[i]);
	}
	act(event);
}

/* Takes from the driver what one read brings. Returns false if nothing came, or there is no room.
 */
static bool
fill(void)
{
	uint32_t left = typed.count - typed.next;
	uint32_t status = E_RESTARTED;
	uint32_t count = 0;

	if (left > TYPED_BYTES - LINE_BYTES) {
		return false; /* what is typed further ahead waits in the driver, and before it */
	}
	memmove(typed.bytes, typed.bytes + typed.next, left);
	typed.next = 0;
	typed.count = left;
	while (status == E_RESTARTED) {
		status = serial_read(CONSOLE_SERIAL, typed.bytes + left, LINE_BYTES, &count);
	}
	typed.count += status == E_OK ? count : 0;
	return status == E_OK && count != 0;
}

/* Ctrl-C ends what was typed before it, wherever that is. Who takes keys or edits gets it itself.
 */
static void
look_for_interrupt(void)
{
	static struct message message;

	for (uint32_t i = typed.count; i > typed.next && watcher.is_waiting; i--) {
		if (typed.bytes[i - 1] == LINE_KEY_INTERRUPT) {
			typed.next = i;
			watcher.is_waiting = false;
			line_clear(&line);
			put_raw("^C\r\n");
			console_interrupted_reply(&message);
			(void)ipc_reply(watcher.reply, &message);
			if (wish == WISH_LINE) {
				answer_error(CONSOLE_ERROR_INTERRUPTED);
			}
		}
	}
}

/* Input waits in the driver until somebody wants it; then one line's worth is taken. */
static void
take_input(void)
{
	bool more = true;

	while (more && (wish != WISH_NONE || watcher.is_waiting)) {
		if (wish == WISH_NONE || wish == WISH_LINE) {
			look_for_interrupt();
		}
		if (wish != WISH_NONE && typed.next < typed.count) {
			take_key(typed.bytes[typed.next++]);
		} else {
			more = fill();
		}
	}
	flush();
}

/* Refused while it holds another caller. A reader that died, or whose time was over, has left it
 * empty. */
static bool
hold(enum wish wanted)
{
	if (reply_hold(HANDLE_REPLY) != E_OK) {
		return false;
	}
	wish = wanted;
	return true;
}

static uint32_t
console_read_line(void *context, const struct caller *caller, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	(void)context;
	(void)caller;
	(void)out_line;
	(void)out_line_capacity;
	(void)out_line_bytes;
	if (!hold(WISH_LINE)) {
		return CONSOLE_ERROR_BUSY;
	}
	if (line.length != 0) {
		line_set(&line, "", 0, 0); /* what somebody typed who is not there any more */
		line_show();
	}
	take_input();
	return GATE_LATER;
}

static uint32_t
console_edit_line(void *context, const struct caller *caller, uint8_t at, const void *start,
	uint32_t start_bytes, enum console_key *out_key, uint8_t *out_at, void *out_line,
	uint32_t out_line_capacity, uint32_t *out_line_bytes)
{
	(void)context;
	(void)caller;
	(void)out_key;
	(void)out_at;
	(void)out_line;
	(void)out_line_capacity;
	(void)out_line_bytes;
	if (!hold(WISH_EDIT)) {
		return CONSOLE_ERROR_BUSY;
	}
	if (start_bytes != line.length || at != line.at ||
		memcmp(start, line.text, start_bytes) != 0) {
		line_set(&line, start, start_bytes, at);
		line_show();
	}
	take_input();
	return GATE_LATER;
}

static uint32_t
console_take_key(void *context, const struct caller *caller, uint8_t *out_key)
{
	(void)context;
	(void)caller;
	(void)out_key;
	if (!hold(WISH_KEY)) {
		return CONSOLE_ERROR_BUSY;
	}
	take_input();
	return GATE_LATER;
}

static uint32_t
console_wait_for_interrupt(void *context, const struct caller *caller)
{
	(void)context;
	(void)caller;
	if (watcher.reply == 0 &&
		untyped_retype(HANDLE_ACCOUNT, 0, LABEL_NONE, KIND_REPLY, &watcher.reply) != E_OK) {
		return CONSOLE_ERROR_BUSY;
	}
	if (reply_hold(watcher.reply) != E_OK) {
		return CONSOLE_ERROR_BUSY;
	}
	watcher.is_waiting = true;
	take_input();
	return GATE_LATER;
}

static const struct console_server console = {
	.write = console_write_text,
	.read = console_read_line,
	.edit = console_edit_line,
	.key = console_take_key,
	.interrupted = console_wait_for_interrupt,
};

static bool
serve(const struct caller *caller, struct message *message)
{
	return console_serve(caller, message, &console);
}

static void
notified(uint32_t bits)
{
	if (bits & CONSOLE_SIGNALLED_BY_UART) {
		take_input();
	}
}

int
main(void)
{
	static const struct server server = {.serve = serve, .notified = notified};

	server_run(&server);
}
