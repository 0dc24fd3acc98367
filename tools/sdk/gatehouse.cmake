# SPDX-License-Identifier: BSD-2-Clause-Patent
# Toolchain file: cmake -DCMAKE_TOOLCHAIN_FILE=SDK/cmake/gatehouse.cmake -DBOARD=qemu-virt-armv7
# A program is add_executable(NAME ...) and gatehouse_program(NAME PRODUCT); the Makefile include
# takes what was linked into an image by `NAME.elf := build/NAME`.

set(CMAKE_SYSTEM_NAME Generic)
get_filename_component(GATEHOUSE_SDK "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
# What cmake compiles to try the compiler is configured with the same board.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES BOARD)
if(NOT BOARD)
	set(BOARD qemu-virt-aarch64)
endif()
set(gatehouse_lib "${GATEHOUSE_SDK}/lib/${BOARD}")
if(NOT EXISTS "${gatehouse_lib}/flags.cmake")
	file(GLOB gatehouse_boards RELATIVE "${GATEHOUSE_SDK}/lib" "${GATEHOUSE_SDK}/lib/*")
	message(FATAL_ERROR "there is no board '${BOARD}'; BOARD can be: ${gatehouse_boards}")
endif()
include("${gatehouse_lib}/flags.cmake")

set(CMAKE_SYSTEM_PROCESSOR "${gatehouse_arch}")
set(CMAKE_C_COMPILER "${gatehouse_cross}gcc")
set(CMAKE_CXX_COMPILER "${gatehouse_cross}g++")
set(CMAKE_ASM_COMPILER "${gatehouse_cross}gcc")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)

set(gatehouse_common "${gatehouse_machine} -ffunction-sections -fdata-sections -fno-common \
-D__DYNAMIC_REENT__ -nostdinc -isystem ${GATEHOUSE_SDK}/include \
-isystem ${gatehouse_lib}/newlib/include ${gatehouse_headers}")
set(CMAKE_C_FLAGS_INIT "-std=c11 ${gatehouse_common}")
set(CMAKE_ASM_FLAGS_INIT "${gatehouse_common}")
set(CMAKE_CXX_FLAGS_INIT "-std=c++17 -ffreestanding -fno-exceptions -fno-rtti \
-fno-threadsafe-statics -fno-unwind-tables -fno-asynchronous-unwind-tables -nostdinc++ \
-I${GATEHOUSE_SDK}/cxx ${gatehouse_common} ${gatehouse_cxx_headers}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib -nostartfiles -static -Wl,--gc-sections \
-Wl,--build-id=none -Wl,-z,max-page-size=4096 -T ${gatehouse_lib}/program.ld \
${gatehouse_lib}/crt0.o -L${gatehouse_lib} -L${gatehouse_lib}/newlib/lib")
set(gatehouse_libraries "-Wl,--start-group -lgatehouse -lgatehouse++ -lksm -lmbedtls -lc -lm -lgcc \
-Wl,--end-group")
set(CMAKE_C_STANDARD_LIBRARIES_INIT "${gatehouse_libraries}")
set(CMAKE_CXX_STANDARD_LIBRARIES_INIT "${gatehouse_libraries}")

# Lets a program find the headers that `gate stubs` writes for its product.
function(gatehouse_program target product)
	get_filename_component(file "${product}" ABSOLUTE)
	get_filename_component(folder "${file}" DIRECTORY)
	set(gen "${CMAKE_CURRENT_BINARY_DIR}/gen")
	execute_process(COMMAND "${GATEHOUSE_SDK}/bin/gate" stubs "${file}" -I "${GATEHOUSE_SDK}"
		-I "${GATEHOUSE_SDK}/servers" -I "${folder}" --board "${BOARD}" -o "${gen}"
		RESULT_VARIABLE result ERROR_VARIABLE message)
	if(result)
		message(FATAL_ERROR "gate stubs ${product}:\n${message}")
	endif()
	set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
	target_link_options(${target} PRIVATE "-Wl,-Map=$<TARGET_FILE:${target}>.map")
	target_compile_options(${target} PRIVATE "SHELL:-iquote ${gen}"
		"SHELL:-iquote ${GATEHOUSE_SDK}/include/gen/core")
endfunction()
