// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <ostream>
#include <streambuf>

namespace entente::cli {

/// What is known of where the answer and the messages go.
struct Terminal {
    bool out = false;         ///< standard output is a terminal
    bool err = false;         ///< standard error is a terminal
    bool out_colour = false;  ///< a terminal that shows colour, and `NO_COLOR` is not set
    bool err_colour = false;
    std::size_t width = 80;   ///< columns of the terminal; $COLUMNS when it does not tell
};

/// Asks the system; opens /dev/null in the place of any of the three standard streams that is closed,
/// so that no database file can ever come to stand there.
Terminal terminal_now();

/// Thrown by the streams below when nobody reads any more: the program then ends quietly.
struct ClosedPipe {};

/// What happens when the system refuses a write: an answer that cannot be written is an error, a
/// message that nobody can read is none.
enum class Refusal { report, ignore };

/// A buffered stream onto a file descriptor. With Refusal::report, writing to a closed pipe throws
/// ClosedPipe and any other refusal Error{io}; both pass through the stream's operators. Not flushed
/// by its destructor.
class FileStream : public std::ostream {
public:
    FileStream(int descriptor, Refusal refusal);
    ~FileStream() override;

private:
    std::unique_ptr<std::streambuf> buffer_;
};

}  // namespace entente::cli
