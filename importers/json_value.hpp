// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/value.hpp"

namespace entente::importers {

/// Makes a Value of the events of a JSON parser, without recursion. Calls give false where the text
/// goes deeper than kDeepest or a number cannot be read.
class ValueBuilder {
public:
    static constexpr std::size_t kDeepest = 64;

    /// Integers of 64 bits, else reals; what fits neither stays text.
    bool number(std::string_view text);
    bool put(Value value);
    bool key(std::string_view text) {
        open_.back().key = text;
        return true;
    }
    bool open(bool map) {
        if (open_.size() == kDeepest) return false;
        open_.emplace_back().is_map = map;
        return true;
    }
    /// `{"date": "2025-07"}`, and likewise day, time, datetime, duration and real, become those kinds.
    bool close();
    /// The outermost map is a record and stays a map, whatever is in it.
    void keep_top(bool keep) { keep_top_ = keep; }

    [[nodiscard]] bool done() const { return done_; }
    [[nodiscard]] std::size_t depth() const { return open_.size(); }
    /// What was built; the builder is as new afterwards.
    Value take() {
        done_ = false;
        return std::exchange(result_, {});
    }

private:
    struct Frame {
        bool is_map = false;
        std::string key;
        Map map;
        List list;
    };
    std::vector<Frame> open_;
    Value result_;
    bool done_ = false;
    bool keep_top_ = false;
};

}  // namespace entente::importers
