// SPDX-License-Identifier: MIT
#include "importers/line_reader.hpp"

#include <algorithm>

#include "importers/csv_scan.hpp"

namespace entente::importers {

LineReader::LineReader(Input& input, std::string_view head, const Reading& reading)
    : input_(input), reading_(reading), buffer_(head) {
    at_ = check_start(head, reading.name);
}

bool LineReader::fill() {
    if (ended_) return false;
    buffer_.erase(0, at_);
    at_ = 0;
    if (buffer_.size() > kLongestRecord) {
        throw Error(ErrorKind::import, Place{reading_.name, number_ + 1, 1}, "a line of more than 64 MiB, expected it to end");
    }
    const std::size_t had = buffer_.size();
    const std::size_t more = std::max(had, std::size_t{256} << 10U);
    buffer_.resize(had + more);
    buffer_.resize(had + input_.read(buffer_.data() + had, more));
    ended_ = buffer_.size() < had + more;
    plain_ = looks_plain();
    if (reading_.progress) reading_.progress();
    return buffer_.size() != had;
}

bool LineReader::looks_plain() const {
    const std::string_view text(buffer_);
    if (text.find('\0') != std::string_view::npos || text.find('\r') != std::string_view::npos) return false;
    const std::size_t bad = find_bad_utf8(text);
    // half a character at the end belongs to a line that goes on
    return bad == std::string_view::npos || (!ended_ && text.find('\n', bad) == std::string_view::npos);
}

/// Where the line that reaches `from` ends, as far as the buffer tells; npos: it goes on.
std::size_t LineReader::end_after(std::size_t from) const {
    const std::string_view text(buffer_);
    const std::size_t lf = text.find('\n', from);
    if (plain_) return lf;
    const std::size_t cr = text.substr(0, lf).find('\r', from);
    if (cr == std::string_view::npos) return lf;
    // a CR that ends the buffer may have its LF behind it
    return cr + 1 == text.size() && !ended_ ? std::string_view::npos : cr;
}

bool LineReader::next_bytes(std::string_view& line) {
    std::size_t end = end_after(at_);
    while (end == std::string::npos) {
        const std::size_t seen = buffer_.size() - at_;
        const bool more = fill();
        // a CR that was the last byte is looked at again
        end = end_after(at_ + (seen == 0 ? 0 : seen - 1));
        if (!more) break;
    }
    if (end == std::string::npos) {
        if (at_ == buffer_.size()) return false;
        end = buffer_.size();
    }
    line = std::string_view(buffer_).substr(at_, end - at_);
    at_ = end;
    const bool cr = at_ < buffer_.size() && buffer_[at_] == '\r';
    if (at_ < buffer_.size()) ++at_;
    if (cr && at_ < buffer_.size() && buffer_[at_] == '\n') ++at_;
    ++number_;
    return true;
}

void LineReader::check(std::string_view line) const {
    if (plain_) return;
    const std::size_t nul = line.find('\0');
    const std::size_t bad = find_bad_utf8(line);
    if (std::min(nul, bad) == std::string_view::npos) return;
    throw Error(ErrorKind::import, place(std::min(nul, bad) + 1),
                nul < bad ? "a NUL byte, expected text" : "a byte that is not UTF-8, expected UTF-8 text",
                nul < bad ? "" : "convert it from its encoding, for example WINDOWS-1252 or, in Cyrillic, WINDOWS-1251: iconv -f WINDOWS-1252 -t UTF-8");
}

bool LineReader::next(std::string_view& line) {
    if (!next_bytes(line)) return false;
    check(line);
    return true;
}

}  // namespace entente::importers
