// SPDX-License-Identifier: MIT
#include "cli/odd_value.hpp"

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/text.hpp"
#include "core/storage/record_cursor.hpp"

namespace entente::cli {
namespace {

constexpr std::uint64_t kLookedAt = 10000;

/// What the others have under the name of each text that is to be written.
class Others {
public:
    Others(const storage::Reader& reader, const std::vector<Assignment>& assignments) : reader_(reader) {
        for (const Assignment& each : assignments) {
            if (each.value.kind() != Value::Kind::text) continue;
            if (const auto property = reader.find_property(each.name)) of_.push_back({&each, *property, 0, false});
        }
    }

    /// Looks at what is stored, where `wanted(cursor)`; property by property as it lies, for records may be large.
    void look(storage::RecordCursor::Of kind, auto&& wanted) {
        if (of_.empty()) return;
        storage::RecordCursor cursor(reader_, kind);
        for (std::uint64_t n = 0; n < kLookedAt && cursor.next(); ++n) {
            if (!wanted(cursor)) continue;
            for (Seen& seen : of_) {
                const Value value = cursor.property(seen.property);
                if (value.is_null()) continue;
                if (value.number()) {
                    ++seen.numbers;
                } else {
                    seen.otherwise = true;
                }
            }
        }
    }
    void tell(Context& context, const std::string& whose) const {
        for (const Seen& seen : of_) {
            if (seen.numbers == 0 || seen.otherwise) continue;
            context.err << fmt::format("entente: note: {} is a number {}, and \"{}\" is a text\n",
                                       escape_controls(seen.assignment->name), whose,
                                       clip(for_people(seen.assignment->value), 60));
        }
    }

private:
    struct Seen {
        const Assignment* assignment;
        PropertyId property;
        std::uint64_t numbers;
        bool otherwise;  ///< some have a text or another kind
    };
    const storage::Reader& reader_;
    std::vector<Seen> of_;
};

}  // namespace

void note_odd_values(Context& context, const storage::Reader& reader, const std::string& relationship_type,
                     const std::vector<Assignment>& assignments, RelationshipId but) {
    const auto type = reader.find_relationship_type(relationship_type);
    if (!type) return;
    Others others(reader, assignments);
    others.look(storage::RecordCursor::Of::relationships, [&](storage::RecordCursor& at) { return at.type() == *type && at.id() != but.value; });
    others.tell(context, "in the other relationships of type " + escape_controls(relationship_type));
}

void note_odd_values(Context& context, const storage::Reader& reader, const std::vector<Assignment>& assignments,
                     ActorId but) {
    Others others(reader, assignments);
    others.look(storage::RecordCursor::Of::actors, [&](storage::RecordCursor& at) { return at.id() != but.value; });
    others.tell(context, "for the other actors");
}

}  // namespace entente::cli
