# SPDX-License-Identifier: BSD-2-Clause-Patent
# Commands for a running Gatehouse. tools/debug.sh writes, before this is read, the commands
# `instance-name NUMBER`, `process-file NAME`, `process-number-NAME` and `kernel-places` for the
# system that runs.

set pagination off
set width 0
set confirm off
set print pretty on
set $gatehouse_symbols = 0

# The kernel is in no user address space: its memory is read by physical address.
define kernel-memory-begin
	pipe maintenance packet Qqemu.PhyMemMode:1 | cat >/dev/null
end

define kernel-memory-end
	pipe maintenance packet Qqemu.PhyMemMode:0 | cat >/dev/null
end

define processes
	kernel-memory-begin
	printf "instance  name             label  state    threads\n"
	kernel-places
	set $process = *$processes_at
	while $process
		printf "%8d  ", $process->instance
		instance-name $process->instance
		printf "  %5d  ", $process->label
		if $process->is_stopped
			printf "stopped "
		else
			if $process->is_started
				printf "started "
			else
				printf "made    "
			end
		end
		set $thread = $process->threads
		while $thread
			output (enum thread_state)$thread->state
			printf "(%d) ", $thread->priority
			set $thread = $thread->sibling
		end
		printf "\n"
		set $process = $process->next
	end
	kernel-memory-end
end
document processes
Lists the processes of the running system, with the state (and priority) of each thread.
end

# gdb 13 keeps what it knew about inlined calls at the last stop, and dies of it when the symbols
# are gone. It forgets it when the guest moves: by one instruction.
define symbols
	if $gatehouse_symbols
		pipe stepi | cat >/dev/null
		remove-symbol-file -a 0x410000
		pipe maintenance flush register-cache | cat >/dev/null
	end
	process-file $arg0
	set $gatehouse_symbols = 1
end
document symbols
symbols NAME: addresses of user space are those of process NAME from now on.
All programs stand at the same addresses, so it is one at a time.
When another's were loaded, the guest runs one instruction.
end

# Whose program the guest stopped in. The short way of messages tells no variable who runs, but the
# one who runs is ready, and nobody who is ready has a higher priority.
define running-process
	set $running = -1
	set $highest = -1
	set $process = *$processes_at
	while $process
		set $thread = $process->threads
		while $thread
			if $thread->state == THREAD_READY && (int)$thread->priority > $highest
				set $highest = (int)$thread->priority
				set $running = $process->instance
			end
			set $thread = $thread->sibling
		end
		set $process = $process->next
	end
end

# Programs share addresses, so a breakpoint stops whoever comes there: all but one are sent on.
define break-in
	symbols $arg0
	process-number-$arg0
	hbreak $arg1
	set $breakpoint = $bpnum
	set $stops = 0
	set $running = -1
	while $running != $wanted && $stops < 10000
		pipe continue | cat >/dev/null
		kernel-memory-begin
		kernel-places
		running-process
		kernel-memory-end
		set $stops = $stops + 1
	end
	delete $breakpoint
	frame
end
document break-in
break-in NAME PLACE: runs until process NAME reaches PLACE of its program.
end
