/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The console: output of many, a line of input for one, and a prompt that is never torn. */
#include <string.h>

#include "gatehouse/server.h"
#include "line.h"
#include "process_console.h"
#include "reply.h"

#define OUT_BYTES 960u /* of one serial.write */
#define TRIES     3    /* E_RESTARTED comes once for each restart of the driver */

/* libc-glue is built before any stub is, so it speaks these two methods by number. */
_Static_assert(CONSOLE_WRITE == 1 && CONSOLE_READ == 2, "as libc-glue/console.c has it");

static struct line line;

/* The one that waits for a line: its call is held by the reply object. */
static bool is_reading;

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

/* Back to the first column, and everything behind it erased (ECMA-48 EL). */
static void
line_hide(void)
{
	put_raw("\r\033[K");
}

static void
line_show(void)
{
	put_text(line.prompt, line.prompt_length);
	put_text(line.text, line.length);
}

/* Output while somebody types: their line gives way and comes back. */
static void
write_over_line(const char *text, uint32_t length)
{
	line_hide();
	put_text(text, length);
	if (text[length - 1] != '\n') {
		put_raw("\r\n");
	}
	line_show();
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
	if (is_reading) {
		write_over_line(data, data_bytes);
	} else {
		put_text(data, data_bytes);
		line_note_output(&line, data, data_bytes);
	}
	flush();
	return E_OK;
}

static void
answer_line(void)
{
	static struct message message;

	console_read_reply(&message, line.text, line.length);
	(void)ipc_reply(HANDLE_REPLY, &message); /* a reader that died meanwhile wants no line */
	is_reading = false;
	line_clear(&line);
}

static void
explain_leaving(void)
{
	put_raw("to leave: type poweroff, or press Ctrl-A and then x\r\n");
	line_show();
}

static void
key(uint8_t byte)
{
	struct line_echo echo;
	enum line_event event = line_key(&line, byte, &echo);

	for (uint32_t i = 0; i < echo.length; i++) {
		put(echo.text[i]);
	}
	if (event == LINE_DONE) {
		answer_line();
	} else if (event == LINE_LEAVE) {
		explain_leaving();
	} else if (event == LINE_REDRAW) {
		line_hide();
		line_show();
	}
}

/* Input waits in the driver until somebody wants a line; then one line's worth is taken. */
static void
take_input(void)
{
	static uint8_t bytes[LINE_BYTES];
	static uint32_t count;
	static uint32_t next;

	while (is_reading) {
		if (next == count) {
			next = 0;
			count = 0;
			uint32_t status = serial_read(CONSOLE_SERIAL, bytes, sizeof(bytes), &count);
			if (status == E_RESTARTED) {
				continue;
			}
			if (status != E_OK || count == 0) {
				break;
			}
		}
		key(bytes[next++]);
	}
	flush();
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
	/* Refused while it holds another caller. A reader that died has left it empty. */
	if (reply_hold(HANDLE_REPLY) != E_OK) {
		return CONSOLE_ERROR_BUSY;
	}
	is_reading = true;
	take_input();
	return GATE_LATER;
}

static const struct console_server console = {
	.write = console_write_text,
	.read = console_read_line,
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
