// SPDX-License-Identifier: MIT
#include "importers/reading.hpp"

namespace entente::importers {

std::string plain_name(const std::string& name) {
    std::string out;
    for (const char c : name) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const std::string_view suffix : {".gz", ".zst", ".zip"}) {
        if (out.ends_with(suffix)) {
            out.resize(out.size() - suffix.size());
            break;
        }
    }
    return out;
}

std::size_t check_start(std::string_view head, const std::string& name) {
    using namespace std::string_view_literals;
    const Place place{name, 1, 1};
    if (head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv)) {
        throw Error(ErrorKind::import, place, "the text is UTF-16, expected UTF-8",
                    "convert it: iconv -f UTF-16 -t UTF-8");
    }
    const std::size_t nul = head.find('\0');
    if (nul != std::string_view::npos && nul < 512) {
        throw Error(ErrorKind::import, place, "a NUL byte near the start: this is no text, expected UTF-8 text",
                    "if it is UTF-16, convert it: iconv -f UTF-16 -t UTF-8");
    }
    return head.starts_with("\xef\xbb\xbf"sv) ? 3 : 0;
}

}  // namespace entente::importers
