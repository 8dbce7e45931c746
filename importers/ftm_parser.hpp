// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "importers/ftm_entity.hpp"
#include "importers/json_value.hpp"
#include "importers/name_memo.hpp"

namespace entente::importers {

/// Reads lines of FollowTheMoney: each an object, or `{"op": "ADD", "entity": OBJECT}`. An object among the values
/// of a property is an entity too. Parses in place, at some hundred MB/s.
class FtmParser {
public:
    /// What is wrong with a line, and behind how many of its bytes.
    struct Flaw {
        std::size_t at = 0;
        std::string what;
    };
    static constexpr std::size_t kDeepest = 64;

    /// REQUIRES: NUL stands behind the line, and 16 more bytes can be read; all of it is UTF-8. Throws Flaw; then the
    /// line brings nothing.
    void parse(char* line, std::uint32_t number, std::string_view raw);

    /// What was read, in the order of the lines; an entity comes before those that stood in it.
    [[nodiscard]] FtmEntity* begin() { return entities_.data(); }
    [[nodiscard]] FtmEntity* end() { return entities_.data() + count_; }
    /// Forgets it.
    void clear();

    std::map<std::string, std::uint64_t> not_read;  ///< counts what was passed over

private:
    friend class FtmEvents;
    /// An object that stood among the values of another entity.
    struct Nested {
        std::uint32_t entity, holder, member, value;
    };
    [[nodiscard]] std::uint32_t add(std::uint32_t line, std::string_view raw);
    void settle(std::size_t first);
    [[nodiscard]] const ftm::Schema* schema_named(std::string_view name);
    [[nodiscard]] const ftm::Property* property(const ftm::Schema& schema, std::string_view name);
    void take_statements(FtmEntity& entity, const Value& list, std::size_t at);
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    std::vector<FtmEntity> entities_;
    std::size_t count_ = 0;
    std::vector<Nested> nested_;
    std::deque<std::string> texts_;
    NameMemo<const ftm::Schema*> schemata_;
    NameMemo<const ftm::Property*> properties_;
};

}  // namespace entente::importers
