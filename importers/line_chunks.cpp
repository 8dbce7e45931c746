// SPDX-License-Identifier: MIT
#include "importers/line_chunks.hpp"

#include "importers/csv_scan.hpp"

namespace entente::importers {

bool LineCutter::next(LineChunk& chunk) {
    constexpr std::size_t kChunk = std::size_t{1} << 20U;
    chunk.buffer.assign(carry_);
    carry_.clear();
    std::size_t end = 0;
    while (true) {
        const std::size_t had = chunk.buffer.size();
        // a line that is longer than a chunk: twice as much each time
        const std::size_t want = had < kChunk ? kChunk : had * 2;
        if (!ended_) ended_ = fill_up(input_, chunk.buffer, want);
        if (chunk.buffer.empty()) return false;
        if (ended_ && chunk.buffer.back() != '\n') chunk.buffer += '\n';
        end = chunk.buffer.rfind('\n') + 1;
        if (end != 0 && chunk.buffer.find('\n') <= kLongestRecord) break;
        if (chunk.buffer.size() > kLongestRecord) {
            throw Error(ErrorKind::import, Place{reading_.name, line_, 1}, "a line of more than 64 MiB begins here, expected it to end");
        }
    }
    carry_.assign(chunk.buffer, end, std::string::npos);
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
