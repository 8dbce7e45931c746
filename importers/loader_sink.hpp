// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/storage/reader.hpp"
#include "importers/sink.hpp"

namespace entente::importers {

/// Hands everything on to the loader, and tells in which text of a file a row stands.
class LoaderSink final : public Sink {
public:
    explicit LoaderSink(storage::Loader& loader) : loader_(loader) {}
    /// The source that the person said.
    void set_source(const Source& source);
    void text(const std::string& name) override;
    void stage(ActorBatch&& batch) override;
    void stage(RelationshipBatch&& batch) override;
    void stage(std::uint32_t file, Source source) override;
    void stage(EvidenceRow evidence) override;
    void name_source(std::uint32_t file, const std::string& key) override;
    void stage(std::uint32_t file, const RelationshipSchema& schema) override;
    void stage(std::uint32_t file, const ActorSchema& schema) override;
    void default_source(const Source& source) override;
    void reject(storage::Reject reject, storage::RowOf rows) override;
    void count(std::uint32_t file, storage::RowOf rows, const storage::Tally& tally) override;
    void note(const std::string& text) override;

    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

    /// Evidence staged from now on may name sources that nobody describes, as formats do that have no place for sources.
    void may_name_sources(bool may) { names_sources_ = may; }
    /// Stages those of them that are new, `known` has not, and no file described.
    void stage_named(const storage::Reader& known);

    /// The loader knows files, not the texts in them: its lines carry the text's number. These put the texts'
    /// names in their place; what is left out gets entries in `files` for the texts it stands in.
    [[nodiscard]] Error placed(const Error& error) const;
    void place(storage::Account& account) const;

private:
    static constexpr unsigned kTextShift = 40;  ///< no text has so many lines

    storage::Loader& loader_;
    std::mutex lock_;
    std::vector<std::string> notes_;
    std::vector<std::string> texts_;
    std::uint64_t text_ = 0;  ///< added to lines: the number of the current one of `texts_`, from 1
    bool has_source_ = false;
    bool names_sources_ = false;
    std::map<std::string, std::uint32_t> named_;  ///< sources of evidence, with the first file that names them
    std::set<std::string> described_;
};

}  // namespace entente::importers
