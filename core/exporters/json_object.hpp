// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "core/model/value.hpp"

namespace entente::exporters {

/// The JSON text of one object, member by member.
class JsonObject {
public:
    void raw(std::string_view name, std::string_view json) {
        out_ += out_.size() > 1 ? "," : "";
        append_json_string(out_, name);
        out_ += ':';
        out_ += json;
    }
    /// Not if it is empty.
    void text(std::string_view name, std::string_view text) {
        if (text.empty()) return;
        std::string json;
        append_json_string(json, text);
        raw(name, json);
    }
    [[nodiscard]] bool empty() const { return out_.size() == 1; }
    [[nodiscard]] std::string close() const { return out_ + "}"; }

private:
    std::string out_ = "{";
};

}  // namespace entente::exporters
