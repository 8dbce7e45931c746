// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <vector>

#include "core/exporters/unfinished.hpp"

namespace entente::exporters {

/// Writes all of it, however often that takes; false, with errno, when the system refuses.
bool write_all(int descriptor, std::string_view bytes);

/// A file that is written whole or not at all: beside its name, and put in its place by finish(), also where a signal
/// ends the process (see Unfinished). For a symbolic link
/// that is what it leads to. A pipe or a device, which cannot be replaced, is written as it stands, and what is standard output
/// or standard error, by whatever name, goes on behind what is there already. Throws Error{io}, or {full}.
class OutputFile {
public:
    explicit OutputFile(std::string path);
    /// Unfinished: nothing is left behind.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view bytes);
    /// Writes to the file; valid until finish(). Throws what write() throws.
    [[nodiscard]] std::ostream& stream() { return stream_; }
    void finish();

private:
    class Buffer : public std::streambuf {
    public:
        explicit Buffer(OutputFile& file) : file_(file), bytes_(std::size_t{1} << 16U) { setp(bytes_.data(), bytes_.data() + bytes_.size()); }

    protected:
        int overflow(int c) override;
        int sync() override;

    private:
        OutputFile& file_;
        std::vector<char> bytes_;
    };
    [[noreturn]] void fail(int code) const;
    void drop() noexcept;

    std::optional<Unfinished> unfinished_;  ///< where it is written, if that is beside its name
    std::string path_, to_, writing_;  ///< as asked for; where the file is to be; where it is written
    int fd_ = -1;
    Buffer buffer_{*this};
    std::ostream stream_{&buffer_};
};

}  // namespace entente::exporters
