/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a C++ program without exceptions needs beside the C library: new, delete, ends. */
#include <cstddef>
#include <new>
#include <stdlib.h>

extern "C" {
void *__dso_handle;

[[noreturn]] void
__cxa_pure_virtual()
{
	abort();
}

/* What an object of static storage does at the end; there is one program, so no handle counts. */
int
__cxa_atexit(void (*end)(void *), void *object, void *handle);
int
__aeabi_atexit(void *object, void (*end)(void *), void *handle)
{
	return __cxa_atexit(end, object, handle);
}
}

/* Without exceptions there is nobody to tell that memory has run out. */
void *
operator new(std::size_t bytes)
{
	void *memory = malloc(bytes == 0 ? 1 : bytes);

	if (memory == nullptr) {
		abort();
	}
	return memory;
}

void *
operator new[](std::size_t bytes)
{
	return operator new(bytes);
}

void *
operator new(std::size_t bytes, const std::nothrow_t &) noexcept
{
	return malloc(bytes == 0 ? 1 : bytes);
}

void *
operator new[](std::size_t bytes, const std::nothrow_t &) noexcept
{
	return malloc(bytes == 0 ? 1 : bytes);
}

void
operator delete(void *memory) noexcept
{
	free(memory);
}

void
operator delete[](void *memory) noexcept
{
	free(memory);
}

void
operator delete(void *memory, std::size_t) noexcept
{
	free(memory);
}

void
operator delete[](void *memory, std::size_t) noexcept
{
	free(memory);
}
