// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/model/batch.hpp"
#include "core/model/relationship.hpp"
#include "core/model/source.hpp"
#include "core/storage/loader.hpp"

namespace entente::importers {

/// Where a format's reader puts what it read: the storage's loader, or a recorder in tests.
/// The batch calls may come from several threads at once; texts in a batch are valid until the call
/// returns. The others come from one thread at a time.
class Sink {
public:
    virtual ~Sink() = default;
    /// What follows comes from this text of its file, `archive.zip(member.csv)`, until the next call; empty: the
    /// file is one text. REQUIRES: nothing is being staged.
    virtual void text(const std::string&) {}
    virtual void stage(ActorBatch&& batch) = 0;
    virtual void stage(RelationshipBatch&& batch) = 0;
    virtual void stage(std::uint32_t file, Source source) = 0;
    virtual void stage(EvidenceRow evidence) = 0;
    /// Evidence of this file may name this source though nobody describes it. May come from several threads.
    virtual void name_source(std::uint32_t, const std::string&) {}
    virtual void stage(std::uint32_t file, const RelationshipSchema& schema) = 0;
    virtual void stage(std::uint32_t file, const ActorSchema& schema) = 0;
    /// The source of everything that names no other, unless the person said one or a file before did.
    virtual void default_source(const Source&) {}
    /// A row that cannot be taken, when errors are skipped. May come from several threads.
    virtual void reject(storage::Reject reject, storage::RowOf rows) = 0;
    /// Rows of a file that became part of others (joined) or are nothing to be taken (rejected): added to its account.
    virtual void count(std::uint32_t file, storage::RowOf rows, const storage::Tally& tally) = 0;
    /// Something the person should know and nothing was lost by. May come from several threads.
    virtual void note(const std::string& text) = 0;
};

}  // namespace entente::importers
