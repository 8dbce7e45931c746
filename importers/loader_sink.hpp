// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "importers/sink.hpp"

namespace entente::importers {

/// Hands everything on to the loader.
class LoaderSink final : public Sink {
public:
    explicit LoaderSink(storage::Loader& loader) : loader_(loader) {}
    /// The source that the person said.
    void set_source(const Source& source);
    void stage(ActorBatch&& batch) override { loader_.stage(std::move(batch)); }
    void stage(RelationshipBatch&& batch) override { loader_.stage(std::move(batch)); }
    void stage(std::uint32_t file, Source source) override;
    void stage(EvidenceRow evidence) override;
    void stage(std::uint32_t file, const RelationshipSchema& schema) override;
    void stage(std::uint32_t file, const ActorSchema& schema) override;
    void default_source(const Source& source) override;
    void reject(storage::Reject reject, storage::RowOf rows) override;
    void count(std::uint32_t file, storage::RowOf rows, const storage::Tally& tally) override;
    void note(const std::string& text) override;

    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

private:
    storage::Loader& loader_;
    std::mutex lock_;
    std::vector<std::string> notes_;
    bool has_source_ = false;
};

}  // namespace entente::importers
