// SPDX-License-Identifier: MIT
#include "importers/json_stream.hpp"

#include <rapidjson/error/en.h>

namespace entente::importers {

std::string json_reason(rapidjson::ParseErrorCode code) {
    std::string text = rapidjson::GetParseError_En(code);
    while (text.ends_with('.') || text.ends_with(' ')) text.pop_back();
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] + 32);
    return "this is no JSON: " + text;
}

bool JsonStream::fill() {
    passed_ += buffer_.size();
    buffer_.resize(std::size_t{64} << 10U);
    buffer_.resize(input_.read(buffer_.data(), buffer_.size()));
    at_ = 0;
    if (passed_ > record_ && passed_ - record_ > kLongestRecord) {
        throw Error(ErrorKind::import, place(), "a record of more than 64 MiB, expected it to end",
                    "look for a quote or a bracket that is not closed");
    }
    if (reading_.progress) reading_.progress();
    return !buffer_.empty();
}

}  // namespace entente::importers
