// SPDX-License-Identifier: MIT
#pragma once

namespace entente::storage {

/// Makes a broken database file end the program with one line on stderr and `exit_status` instead of a
/// signal's death: a SIGBUS or SIGSEGV whose address lies in a file mapped for reading and shared with
/// other processes, which is how a database is mapped, means that the file ends before its own page
/// numbers say or that the disk cannot be read. Any other fault takes its default course.
///
/// For a program that owns its process, called once at its start; the library never calls it. The
/// handler only uses what may be used in a signal handler.
void install_fault_handler(int exit_status = 4);

}  // namespace entente::storage
