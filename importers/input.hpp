// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace entente::importers {

/// The texts in one named file: itself, what a gzip or zstd file unpacks to, or each member of a zip that is
/// no workbook: that is a text to be read whole.
/// Reads forward only, in pieces, so memory does not grow with the file. One thread at a time.
///
/// Throws Error{io} when the system refuses, Error{import} when a compressed file is damaged.
class Input {
public:
    /// `-` is standard input. What a file is, its first bytes say, not its name.
    static std::unique_ptr<Input> open(const std::string& name);
    ~Input();

    /// Goes to the first, then the next text; false: there are no more. An empty file has one.
    bool next();
    /// Name of the current text, for messages: the file's, for a zip member `archive.zip(member.csv)`.
    [[nodiscard]] std::string text_name() const;
    /// The member's path in its archive, empty where there is none.
    [[nodiscard]] const std::string& member() const;
    /// Fills up to `size` bytes of the current text; fewer only at its end.
    std::size_t read(char* to, std::size_t size);

    /// Reads what no text needed and gives the hash of the file's bytes as they stand on the disk
    /// (XXH3-128, 32 hex digits) and their number.
    [[nodiscard]] std::string finish_hash();
    [[nodiscard]] std::uint64_t raw_bytes() const;  ///< read so far
    [[nodiscard]] std::uint64_t raw_size() const;   ///< of the file, 0 when unknown (a pipe)

private:
    struct Impl;
    explicit Input(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// Reads on behind the first `size` bytes of `buffer`, which tells then how many there are; what is behind them stays room,
/// so that a buffer that is filled again need not grow again, which would fill it with zeros. Else as the next one.
template <class Buffer>
bool fill_up(Input& input, Buffer& buffer, std::size_t& size, std::size_t target) {
    for (std::size_t step = std::size_t{16} << 10U; size < target; step *= 2) {
        const std::size_t asked = std::min(step, target - size);
        if (buffer.size() < size + asked) buffer.resize(size + asked);
        const std::size_t got = input.read(buffer.data() + size, asked);
        size += got;
        if (got < asked) return true;
    }
    return false;
}

/// Reads on at the end of `buffer` until it holds `target` bytes or the text ends; true: it ended. A short text
/// is not paid for with a buffer of a long one.
template <class Buffer>
bool fill_up(Input& input, Buffer& buffer, std::size_t target) {
    std::size_t size = buffer.size();
    const bool ended = fill_up(input, buffer, size, target);
    buffer.resize(size);
    return ended;
}

/// Hash of a whole file as finish_hash() gives it, and its size.
struct FileHash {
    std::string hash;
    std::uint64_t bytes = 0;
};
FileHash hash_file(const std::string& name);

}  // namespace entente::importers
