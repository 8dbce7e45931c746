// SPDX-License-Identifier: MIT
#include "cli/odd_value.hpp"

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/text.hpp"

namespace entente::cli {
namespace {

constexpr std::uint64_t kLookedAt = 10000;

/// What the others have under the name of each text that is to be written.
class Others {
public:
    explicit Others(const std::vector<Assignment>& assignments) {
        for (const Assignment& each : assignments) {
            if (each.value.kind() == Value::Kind::text) of_.push_back({&each, 0, false});
        }
    }
    [[nodiscard]] bool any() const { return !of_.empty(); }

    void look(const Properties& properties) {
        for (Seen& seen : of_) {
            const Value* value = find_property(properties, seen.assignment->name);
            if (value == nullptr) continue;
            if (value->number()) {
                ++seen.numbers;
            } else {
                seen.otherwise = true;
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
        std::uint64_t numbers;
        bool otherwise;  ///< some have a text or another kind
    };
    std::vector<Seen> of_;
};

}  // namespace

void note_odd_values(Context& context, const storage::Reader& reader, const std::string& relationship_type,
                     const std::vector<Assignment>& assignments, RelationshipId but) {
    Others others(assignments);
    if (!others.any()) return;
    std::uint64_t looked_at = 0;
    reader.scan_relationships([&](const Relationship& r) {
        if (r.type == relationship_type && r.id != but) others.look(r.properties);
        return ++looked_at < kLookedAt;
    });
    others.tell(context, "in the other relationships of type " + escape_controls(relationship_type));
}

void note_odd_values(Context& context, const storage::Reader& reader, const std::vector<Assignment>& assignments,
                     ActorId but) {
    Others others(assignments);
    if (!others.any()) return;
    std::uint64_t looked_at = 0;
    reader.scan_actors([&](const Actor& actor) {
        if (actor.id != but) others.look(actor.properties);
        return ++looked_at < kLookedAt;
    });
    others.tell(context, "for the other actors");
}

}  // namespace entente::cli
