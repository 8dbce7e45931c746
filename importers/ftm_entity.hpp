// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/ftm_value.hpp"

namespace entente::importers {

/// Tells pairs of ends apart; never 0.
std::uint32_t ends_hash(std::string_view from, std::string_view to);

/// One entity of FollowTheMoney as a text tells it: a whole one, or a part of one. Its texts point into what
/// it was read from.
struct FtmEntity {
    /// The values of a property: these of `values`.
    struct Member {
        std::string_view name;
        std::uint32_t begin = 0, end = 0;
        bool entities = false;  ///< stood as objects, of which these are the ids
        bool beside = false;    ///< no property, but a list that stands beside them
        const ftm::Property* known = nullptr;  ///< as the schema has it, after settle()
    };

    std::string_view id, schema_name, caption;
    const ftm::Schema* schema = nullptr;  ///< nullptr: nobody knows it
    std::vector<Member> members;
    std::vector<std::string_view> values;
    std::vector<std::string_view> datasets;
    std::vector<std::pair<std::string_view, std::string_view>> texts;  ///< beside the properties: `first_seen` ...
    std::vector<std::pair<std::string_view, Value>> more;              ///< likewise, what is no text
    Value own;                ///< the member `entente`, which our export writes
    std::uint32_t line = 0;   ///< counted from the first of its chunk
    std::string_view raw;     ///< its line, when errors are skipped
    bool left_out = false;    ///< is not to be read after all
    /// Of an edge: ends_hash() of the ends whose relationship has the id itself; 0: none has.
    std::uint32_t only_ends = 0;

    /// As new, with its memory kept.
    void clear() {
        id = schema_name = caption = raw = {};
        schema = nullptr;
        members.clear();
        values.clear();
        datasets.clear();
        texts.clear();
        more.clear();
        own = {};
        line = 0;
        left_out = false;
        only_ends = 0;
    }

    /// To be called when the schema is another one.
    void settle() {
        settle([](const ftm::Schema& of, std::string_view name) { return of.property(name); });
    }
    /// The same, by another way to find a schema's property.
    template <class Find>
    void settle(const Find& property) {
        for (Member& m : members) m.known = schema != nullptr && !m.beside ? property(*schema, m.name) : nullptr;
    }
    [[nodiscard]] static ftm::Kind kind(const Member& m) {
        return m.known != nullptr ? m.known->kind : m.entities ? ftm::Kind::entity : ftm::Kind::text;
    }
    /// The property of that name, or nullptr.
    [[nodiscard]] const Member* find(std::string_view name) const {
        for (const Member& m : members) {
            if (m.name == name && !m.beside) return &m;
        }
        return nullptr;
    }
    /// The first value of the property of that name, or none.
    [[nodiscard]] std::string_view first(std::string_view name) const {
        const Member* m = find(name);
        for (std::uint32_t i = m != nullptr ? m->begin : 0; m != nullptr && i < m->end; ++i) {
            if (!values[i].empty()) return values[i];
        }
        return {};
    }
    /// The only value of a member, as most have one; no text: it has several or an empty one.
    [[nodiscard]] std::string_view only(const Member& m) const {
        return m.end - m.begin == 1 && !values[m.begin].empty() ? values[m.begin] : std::string_view();
    }
    /// That of the property of that name.
    [[nodiscard]] std::string_view only(std::string_view name) const {
        const Member* m = find(name);
        return m != nullptr ? only(*m) : std::string_view();
    }
    /// The values of a member, each once.
    [[nodiscard]] std::vector<std::string_view> all(const Member& m) const {
        if (const std::string_view one = only(m); !one.empty()) return {one};
        return ftm::distinct({values.begin() + m.begin, values.begin() + m.end});
    }
    /// Those of the property of that name, or none.
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const {
        const Member* m = find(name);
        return m != nullptr ? all(*m) : std::vector<std::string_view>();
    }
    /// Does it link two others, or is to?
    [[nodiscard]] bool is_edge() const {
        if (schema == nullptr || !schema->edge) return false;
        return !schema->loose || (!first(schema->source).empty() && !first(schema->target).empty());
    }
};

}  // namespace entente::importers
