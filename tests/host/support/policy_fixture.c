/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The tables of the L1 that policy_fixture.h describes. */
#include "tests/host/support/policy_fixture.h"

#include "abi/abi.h"
#include "ksm/engine/ksm.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define UNSIGNED(field, at, width, from, to)                                                       \
	{                                                                                          \
		.name = (field), .kind = L1_INTEGER, .offset_bytes = (at), .width_bytes = (width), \
		.low = (from), .high = (to)                                                        \
	}
#define SIGNED(field, at, width, from, to)                                                         \
	{                                                                                          \
		.name = (field), .kind = L1_INTEGER, .offset_bytes = (at), .width_bytes = (width), \
		.is_signed = true, .low = (from), .high = (to)                                     \
	}

static const struct l1_name modes[] = {{"off", 1}, {"low", 2}, {"high", 3}, {"test", 9}};

/* tenths stands at 2: byte 1 is a hole. */
static struct l1_field set_call[] = {
	UNSIGNED("channel", 0, 1, 0, 7), SIGNED("tenths", 2, 2, -400, 850)};
static struct l1_field read_call[] = {UNSIGNED("channel", 0, 1, 0, 7)};
static struct l1_field read_reply[] = {SIGNED("tenths", 0, 2, INT16_MIN, INT16_MAX)};
static struct l1_field mode_call[] = {{.name = "mode",
					      .kind = L1_ENUM,
					      .offset_bytes = 0,
					      .width_bytes = 1,
					      .low = 1,
					      .high = 9,
					      .type_name = "Mode",
					      .names = modes,
					      .name_count = COUNT(modes)},
	{.name = "on", .kind = L1_BOOL, .offset_bytes = 1, .width_bytes = 1, .low = 0, .high = 1},
	UNSIGNED("until", 8, 8, INT64_MIN, INT64_MAX)};
static struct l1_field wide_call[] = {UNSIGNED("a", 0, 4, 0, UINT32_MAX),
	UNSIGNED("b", 4, 4, 0, UINT32_MAX), SIGNED("c", 8, 8, INT64_MIN, INT64_MAX),
	UNSIGNED("d", 16, 2, 0, UINT16_MAX)};
static struct l1_field echo_data[] = {
	{.name = "data", .kind = L1_TAIL, .offset_bytes = 0, .width_bytes = 960, .high = 960}};
static struct l1_field secret_call[] = {{.name = "pin",
	.kind = L1_INTEGER,
	.offset_bytes = 0,
	.width_bytes = 2,
	.is_secret = true,
	.low = 0,
	.high = 9999}};

static const char *set_errors[] = {"busy", "jammed"};

static struct l1_method valve_methods[] = {
	{.name = "set",
		.number = FIXTURE_SET,
		.call = {set_call, COUNT(set_call), 4, 4, 4},
		.errors = set_errors,
		.error_count = COUNT(set_errors)},
	{.name = "read",
		.number = FIXTURE_READ,
		.is_idempotent = true,
		.call = {read_call, COUNT(read_call), 1, 1, 1},
		.reply = {read_reply, COUNT(read_reply), 2, 2, 2}},
	{.name = "gone", .number = FIXTURE_GONE, .is_reserved = true},
	{.name = "mode", .number = FIXTURE_MODE, .call = {mode_call, COUNT(mode_call), 16, 16, 16}},
	{.name = "wide", .number = FIXTURE_WIDE, .call = {wide_call, COUNT(wide_call), 18, 18, 18}},
};

static struct l1_method plain_methods[] = {
	{.name = "echo",
		.number = FIXTURE_ECHO,
		.call = {echo_data, COUNT(echo_data), 0, 0, 960},
		.reply = {echo_data, COUNT(echo_data), 0, 0, 960}},
	{.name = "ping", .number = FIXTURE_PING},
	{.name = "secret",
		.number = FIXTURE_SECRET,
		.call = {secret_call, COUNT(secret_call), 2, 2, 2}},
};

static struct l1_method signal_methods[] = {{.name = "signal", .number = 1}};

static struct l1_interface interfaces[] = {
	{.name = "kernel.core.Signal",
		.short_name = "Signal",
		.id = INTERFACE_SIGNAL,
		.methods = signal_methods,
		.method_count = COUNT(signal_methods)},
	{.name = "Valve",
		.short_name = "Valve",
		.id = FIXTURE_VALVE,
		.methods = valve_methods,
		.method_count = COUNT(valve_methods)},
	{.name = "Plain",
		.short_name = "Plain",
		.id = FIXTURE_PLAIN,
		.methods = plain_methods,
		.method_count = COUNT(plain_methods)},
};

static struct l1_endpoint server_gives[] = {{"valve", FIXTURE_VALVE}, {"plain", FIXTURE_PLAIN}};
static struct l1_endpoint client_uses[] = {
	{"valve", FIXTURE_VALVE}, {"spare", FIXTURE_VALVE}, {"plain", FIXTURE_PLAIN}};
static struct l1_endpoint server_uses[] = {{"reader", INTERFACE_SIGNAL}};
static struct l1_endpoint stranger_uses[] = {{"plain", FIXTURE_PLAIN}, {"valve", FIXTURE_VALVE},
	{"to_server", INTERFACE_SIGNAL}, {"to_client", INTERFACE_SIGNAL}};
static struct l1_device server_devices[] = {
	{"uart0", 0, FIXTURE_UART, true}, {"ram", 1, FIXTURE_RAM, true}};
static struct l1_device client_devices[] = {{"policy", 0, FIXTURE_POLICY, false},
	{"monitor", 0, FIXTURE_AUDIT, false}, {"power", 0, FIXTURE_POWER, false}};

static struct l1_class classes[] = {
	{.name = "init", .is_used = true},
	{.name = "units.Client",
		.program = "client",
		.uses = client_uses,
		.uses_count = COUNT(client_uses),
		.devices = client_devices,
		.device_count = COUNT(client_devices),
		.memory_bytes = 65536,
		.priority = 10,
		.is_used = true},
	{.name = "units.Server",
		.program = "server",
		.gives = server_gives,
		.gives_count = COUNT(server_gives),
		.uses = server_uses,
		.uses_count = COUNT(server_uses),
		.devices = server_devices,
		.device_count = COUNT(server_devices),
		.memory_bytes = 65536,
		.priority = 20,
		.is_used = true},
	{.name = "Stranger",
		.program = "stranger",
		.uses = stranger_uses,
		.uses_count = COUNT(stranger_uses),
		.memory_bytes = 4097,
		.priority = 5,
		.is_used = true},
};

static struct l1_wire client_wires[] = {
	{.use = 2, .target = 2, .gives = 1}, {.use = 0, .target = 2}};
static struct l1_wire stranger_wires[] = {
	{.use = 0, .target = 2, .gives = 1}, {.use = 1, .target = 2, .gives = 0}};
static uint16_t server_signals[] = {1};
static uint16_t server_signal_uses[] = {0};
static uint16_t stranger_signals[] = {2, 1};
static uint16_t stranger_signal_uses[] = {2, 3};
static struct l1_attribute client_attributes[] = {{"home", "/keep"}, {"level", "3"}};
static uint8_t client_digest[32] = {0xc1};

static struct l1_instance instances[] = {
	{.name = "init", .class = &classes[0], .number = 0, .label = LABEL_INIT},
	{.name = "client",
		.class = &classes[1],
		.number = 1,
		.label = FIXTURE_CLIENT,
		.memory_bytes = 65536,
		.priority = 10,
		.wires = client_wires,
		.wire_count = COUNT(client_wires),
		.attributes = client_attributes,
		.attribute_count = COUNT(client_attributes),
		.digest = client_digest},
	{.name = "server",
		.class = &classes[2],
		.number = 2,
		.label = FIXTURE_SERVER,
		.memory_bytes = 65536,
		.priority = 20,
		.signals = server_signals,
		.signal_uses = server_signal_uses,
		.signal_count = COUNT(server_signals)},
	{.name = "stranger",
		.class = &classes[3],
		.number = 3,
		.label = FIXTURE_STRANGER,
		.memory_bytes = 4097,
		.priority = 5,
		.wires = stranger_wires,
		.wire_count = COUNT(stranger_wires),
		.signals = stranger_signals,
		.signal_uses = stranger_signal_uses,
		.signal_count = COUNT(stranger_signals)},
};

static const struct board_device board_devices[] = {
	{.name = "uart0", .base = 0x09000000, .size_bytes = 4096, .irq = 33},
	{.name = "ram", .base = 0x0a000000, .size_bytes = 8192},
};

static const struct board machine = {
	.name = "none", .devices = board_devices, .device_count = COUNT(board_devices)};

static struct l1_label labels[] = {
	{"none", L1_LABEL_NONE, 0},
	{"kernel", L1_LABEL_KERNEL, 0},
	{"init", L1_LABEL_INSTANCE, 0},
	{"client", L1_LABEL_INSTANCE, 1},
	{"server", L1_LABEL_INSTANCE, 2},
	{"stranger", L1_LABEL_INSTANCE, 3},
	{"uart0", L1_LABEL_DEVICE, 0},
	{"ram", L1_LABEL_DEVICE, 1},
	{"policy", L1_LABEL_DEVICE, 0},
	{"monitor", L1_LABEL_DEVICE, 0},
	{"power", L1_LABEL_DEVICE, 0},
};

static struct l1_range low_channels[] = {{0, 3}};
static struct l1_range channel_5[] = {{5, 5}};
static struct l1_range some_tenths[] = {{0, 0}, {10, 20}, {30, 30}};
static struct l1_range hot[] = {{601, 850}};
static struct l1_range frozen[] = {{-1000, -500}};
static struct l1_range high_mode[] = {{3, 3}};
static struct l1_range cold[] = {{INT64_MIN, -5}};
static struct l1_range seven[] = {{7, 7}};
static struct l1_range pins[] = {{1000, 1009}};

#define IN(of, set)                                                                                \
	{                                                                                          \
		.kind = L1_IN, .field = (of), .ranges = (set), .range_count = COUNT(set)           \
	}

static struct l1_condition always = {.kind = L1_ALWAYS};
static struct l1_condition channel_low = IN(&set_call[0], low_channels);
static struct l1_condition channel_is_5 = IN(&set_call[0], channel_5);
static struct l1_condition tenths_some = IN(&set_call[1], some_tenths);
static struct l1_condition tenths_hot = IN(&set_call[1], hot);
static struct l1_condition reading_frozen = IN(&read_reply[0], frozen);
static struct l1_condition mode_high = IN(&mode_call[0], high_mode);
static struct l1_condition c_cold = IN(&wide_call[2], cold);
static struct l1_condition d_seven = IN(&wide_call[3], seven);
static struct l1_condition pin_known = IN(&secret_call[0], pins);
static struct l1_condition a_less_b = {
	.kind = L1_FIELDS, .relation = L1_LESS, .field = &wide_call[0], .other = &wide_call[1]};

static struct l1_condition *five_parts[] = {&channel_is_5, &tenths_some};
static struct l1_condition five = {.kind = L1_AND, .parts = five_parts, .part_count = 2};
static struct l1_condition *not_high_parts[] = {&mode_high};
static struct l1_condition not_high = {.kind = L1_NOT, .parts = not_high_parts, .part_count = 1};
static struct l1_condition *wide_or_parts[] = {&a_less_b, &c_cold};
static struct l1_condition wide_or = {.kind = L1_OR, .parts = wide_or_parts, .part_count = 2};
static struct l1_condition *not_seven_parts[] = {&d_seven};
static struct l1_condition not_seven = {.kind = L1_NOT, .parts = not_seven_parts, .part_count = 1};
static struct l1_condition *wide_parts[] = {&wide_or, &not_seven};
static struct l1_condition wide = {.kind = L1_AND, .parts = wide_parts, .part_count = 2};

#define TEXT(text) .text_bytes = sizeof(text) - 1, .text_begin = (text)

static struct l1_rule rules[] = {
	{.number = 1,
		TEXT("allow Client -> Server : valve.set(channel in 0..3)"),
		.because = "four valves are fitted",
		.position = {"policy.gate", 10, 1}},
	{.number = 2,
		TEXT("allow Client -> Server : valve.set(channel = 5, tenths in {0, 10..20, "
		     "30})"),
		.position = {"policy.gate", 11, 1}},
	{.number = 3,
		.is_forbid = true,
		TEXT("forbid Client -> Server : valve.set(tenths > 600)"),
		.position = {"policy.gate", 12, 1}},
	{.number = 4,
		TEXT("allow Client -> Server : valve.read"),
		.position = {"policy.gate", 13, 1}},
	{.number = 5,
		.is_forbid = true,
		TEXT("forbid reply Client -> Server : valve.read(tenths in -1000..-500)"),
		.position = {"policy.gate", 14, 1}},
	{.number = 6,
		.audit = KSM_AUDIT_GRANTED,
		TEXT("allow Client -> Server : valve.mode(mode != high) audit granted"),
		.position = {"policy.gate", 15, 1}},
	{.number = 7,
		TEXT("allow Client -> Server : valve.wide((a < b or c <= -5) and not d = 7)"),
		.position = {"policy.gate", 16, 1}},
	{.number = 8, TEXT("allow Client -> Server : plain.*"), .position = {"policy.gate", 17, 1}},
	{.number = 9,
		.is_forbid = true,
		TEXT("forbid Client -> Server : plain.ping"),
		.position = {"policy.gate", 18, 1}},
	{.number = 10,
		TEXT("allow Stranger -> Server : plain.secret(pin in 1000..1009)"),
		.position = {"policy.gate", 19, 1}},
};

#define CELL(from, number, kind, test, rule)                                                       \
	{                                                                                          \
		.holder = (from), .target = FIXTURE_SERVER, .interface = FIXTURE_VALVE,            \
		.method = (number), .event = (kind), .condition = (test),                          \
		.source = &rules[(rule)-1]                                                         \
	}
#define PLAIN(from, number, kind, test, rule)                                                      \
	{                                                                                          \
		.holder = (from), .target = FIXTURE_SERVER, .interface = FIXTURE_PLAIN,            \
		.method = (number), .event = (kind), .condition = (test),                          \
		.source = &rules[(rule)-1]                                                         \
	}

static struct l1_cell cells[] = {
	CELL(FIXTURE_CLIENT, FIXTURE_SET, L1_CALL, &channel_low, 1),
	CELL(FIXTURE_CLIENT, FIXTURE_SET, L1_CALL, &five, 2),
	CELL(FIXTURE_CLIENT, FIXTURE_SET, L1_CALL, &tenths_hot, 3),
	CELL(FIXTURE_CLIENT, FIXTURE_SET, L1_REPLY, &always, 1),
	CELL(FIXTURE_CLIENT, FIXTURE_SET, L1_ERROR, &always, 1),
	CELL(FIXTURE_CLIENT, FIXTURE_READ, L1_CALL, &always, 4),
	CELL(FIXTURE_CLIENT, FIXTURE_READ, L1_REPLY, &always, 4),
	CELL(FIXTURE_CLIENT, FIXTURE_READ, L1_REPLY, &reading_frozen, 5),
	CELL(FIXTURE_CLIENT, FIXTURE_MODE, L1_CALL, &not_high, 6),
	CELL(FIXTURE_CLIENT, FIXTURE_MODE, L1_REPLY, &always, 6),
	CELL(FIXTURE_CLIENT, FIXTURE_WIDE, L1_CALL, &wide, 7),
	CELL(FIXTURE_CLIENT, FIXTURE_WIDE, L1_REPLY, &always, 7),
	PLAIN(FIXTURE_CLIENT, FIXTURE_ECHO, L1_CALL, &always, 8),
	PLAIN(FIXTURE_CLIENT, FIXTURE_ECHO, L1_REPLY, &always, 8),
	PLAIN(FIXTURE_CLIENT, FIXTURE_PING, L1_CALL, &always, 8),
	PLAIN(FIXTURE_CLIENT, FIXTURE_PING, L1_CALL, &always, 9),
	PLAIN(FIXTURE_CLIENT, FIXTURE_PING, L1_REPLY, &always, 8),
	PLAIN(FIXTURE_CLIENT, FIXTURE_SECRET, L1_CALL, &always, 8),
	PLAIN(FIXTURE_CLIENT, FIXTURE_SECRET, L1_REPLY, &always, 8),
	PLAIN(FIXTURE_STRANGER, FIXTURE_SECRET, L1_CALL, &pin_known, 10),
	PLAIN(FIXTURE_STRANGER, FIXTURE_SECRET, L1_REPLY, &always, 10),
};

static struct l1 l1 = {
	.interfaces = interfaces,
	.interface_count = COUNT(interfaces),
	.classes = classes,
	.class_count = COUNT(classes),
	.instances = instances,
	.instance_count = COUNT(instances),
	.labels = labels,
	.label_count = COUNT(labels),
	.rules = rules,
	.rule_count = COUNT(rules),
	.cells = cells,
	.cell_count = COUNT(cells),
	.system_name = "fixture",
	.board_name = "none",
	.abi_digest = {1, 2, 3},
	.core_digest = {4, 5, 6},
	.last_allow = {"policy.gate", 19, 1},
};

const struct l1 *
fixture_l1(void)
{
	return &l1;
}

const struct board *
fixture_board(void)
{
	return &machine;
}
