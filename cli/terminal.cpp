// SPDX-License-Identifier: MIT
#include "cli/terminal.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace entente::cli {
namespace {

std::size_t terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    if (const char* columns = std::getenv("COLUMNS")) {
        std::size_t width = 0;
        const std::string_view text(columns);
        const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), width);
        if (problem == std::errc{} && end == text.data() + text.size() && width > 0) return width;
    }
    return 80;
}

class FileBuffer : public std::streambuf {
public:
    FileBuffer(int descriptor, Refusal refusal)
        : descriptor_(descriptor), refusal_(refusal), bytes_(64 * 1024) {
        rewind();
    }

protected:
    int_type overflow(int_type c) override {
        flush();
        if (!traits_type::eq_int_type(c, traits_type::eof())) {
            *pptr() = traits_type::to_char_type(c);
            pbump(1);
        }
        return traits_type::not_eof(c);
    }
    int sync() override {
        flush();
        return 0;
    }

private:
    void rewind() { setp(bytes_.data(), bytes_.data() + bytes_.size()); }
    void flush() {
        const char* at = pbase();
        const char* const end = pptr();
        rewind();  // what could not be written is not tried again
        while (at != end) {
            const ssize_t written = ::write(descriptor_, at, static_cast<std::size_t>(end - at));
            if (written >= 0) {
                at += written;
            } else if (errno != EINTR && refusal_ == Refusal::ignore) {
                return;
            } else if (errno == EPIPE) {
                throw ClosedPipe{};
            } else if (errno != EINTR) {
                throw Error(ErrorKind::io,
                            std::string("the answer cannot be written: ") + std::strerror(errno),
                            "see whether the disk it goes to is full");
            }
        }
    }

    int descriptor_;
    Refusal refusal_;
    std::vector<char> bytes_;
};

}  // namespace

Terminal terminal_now() {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF) {
            // open() takes the lowest free number, which is this one
            if (::open("/dev/null", O_RDWR) == -1) break;
        }
    }
    Terminal terminal;
    terminal.out = isatty(STDOUT_FILENO) != 0;
    terminal.err = isatty(STDERR_FILENO) != 0;
    const char* no_colour = std::getenv("NO_COLOR");
    const char* kind = std::getenv("TERM");
    const bool colour = (no_colour == nullptr || *no_colour == '\0') && kind != nullptr &&
                        std::string_view(kind) != "dumb";
    terminal.out_colour = terminal.out && colour;
    terminal.err_colour = terminal.err && colour;
    if (terminal.out) terminal.width = terminal_width();
    return terminal;
}

FileStream::FileStream(int descriptor, Refusal refusal)
    : std::ostream(nullptr), buffer_(std::make_unique<FileBuffer>(descriptor, refusal)) {
    rdbuf(buffer_.get());
    exceptions(std::ios::badbit);
}

FileStream::~FileStream() {
    exceptions(std::ios::goodbit);  // losing the buffer is no failure
    rdbuf(nullptr);
}

}  // namespace entente::cli
