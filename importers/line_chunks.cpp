// SPDX-License-Identifier: MIT
#include "importers/line_chunks.hpp"

#include "importers/csv_scan.hpp"

namespace entente::importers {

bool LineCutter::next(LineChunk& chunk) {
    std::size_t size = carry_.size();
    if (chunk.buffer.size() < size) chunk.buffer.resize(size);
    carry_.copy(chunk.buffer.data(), size);
    carry_.clear();
    std::size_t end = 0;
    while (true) {
        // a line that is longer than a chunk: twice as much each time
        const std::size_t want = size < bytes_ ? bytes_ : size * 2;
        if (!ended_) ended_ = fill_up(input_, chunk.buffer, size, want);
        if (size == 0) return false;
        if (ended_ && chunk.buffer[size - 1] != '\n') {
            if (chunk.buffer.size() == size) chunk.buffer.resize(size + 1);
            chunk.buffer[size++] = '\n';
        }
        const std::string_view text(chunk.buffer.data(), size);
        end = text.rfind('\n') + 1;
        if (end != 0 && text.find('\n') <= kLongestRecord) break;
        if (size > kLongestRecord) {
            throw Error(ErrorKind::import, Place{reading_.name, line_, 1}, "a line of more than 64 MiB begins here, expected it to end");
        }
    }
    carry_.assign(chunk.buffer.data() + end, size - end);
    chunk.size = end;
    chunk.first_line = line_;
    chunk.sequence = *reading_.sequence;
    *reading_.sequence += batches_;
    chunk.number = number_++;
    line_ += count_byte(chunk.text(), '\n');
    if (reading_.progress) reading_.progress();
    return true;
}

}  // namespace entente::importers
