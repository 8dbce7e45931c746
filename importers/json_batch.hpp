// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/reading.hpp"

namespace entente::importers {

/// Where the values of a record's own members begin.
struct MemberPlaces {
    struct One {
        std::string name;
        std::uint64_t line = 0, column = 0;
    };
    std::vector<One> members;
};

/// Collects records of JSON and stages them as batches.
class JsonBatches {
public:
    explicit JsonBatches(const Reading& reading) : reading_(reading) {}

    /// Takes a record (a map; it is emptied). Without a kind its members tell it. Throws
    /// Error{import} at `place`, or at the member that is wrong if its place is told, or rejects the record when
    /// errors are skipped.
    void add(std::optional<RowKind> kind, Value& record, const Place& place, const std::string& raw,
             const MemberPlaces* members = nullptr);
    /// Stages what is left.
    void flush();
    /// Stages the objects of a list `evidence` as support of what `of` names. Throws Error{import} at `place` for what is none.
    void take_evidence(const Value& list, EvidenceRow of, const Place& place, const std::string& raw);

private:
    /// The values of one property over the rows so far; rows beyond its end have none.
    struct Values {
        std::vector<Value> rows;
    };
    /// Rows of one kind on their way to a batch.
    struct Rows {
        std::size_t count = 0;
        std::vector<std::uint64_t> lines;
        std::vector<std::string_view> raw;
        std::map<std::string, Values, std::less<>> properties;
    };
    struct Ready;  ///< a record, read but not yet taken

    const Layout& layout(std::optional<RowKind> kind, const Map& record, const Place& place);
    void read(const Layout& layout, const Map& record, Ready& out);
    void take_actor(Ready&& record);
    void take_tie(Ready&& record);
    void take_source(const Ready& record);
    void take_type(const Ready& record);
    /// A text of a kind, as it is stored; throws Error{import} where it is none.
    [[nodiscard]] std::string checked(CellKind kind, const std::string& text, const std::string& member, const Place& place) const;
    std::string_view keep(std::string text);
    void properties(Rows& rows, Ready& record, const Place& place, const std::string& raw);
    [[nodiscard]] BatchOrigin origin(Rows& rows);
    static std::vector<Column> columns(Rows& rows);

    const Reading& reading_;
    std::map<std::string, Layout, std::less<>> layouts_;  ///< by kind and names of the members
    std::deque<std::string> texts_;
    std::size_t bytes_ = 0;
    Rows actors_, ties_;
    ActorBatch actor_batch_;
    RelationshipBatch tie_batch_;
};

}  // namespace entente::importers
