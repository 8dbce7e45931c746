// SPDX-License-Identifier: MIT
#include "importers/loader_sink.hpp"

#include <algorithm>

namespace entente::importers {

void LoaderSink::stage(std::uint32_t file, Source source) {
    const std::lock_guard guard(lock_);
    loader_.stage(file, std::move(source));
}

void LoaderSink::stage(EvidenceRow evidence) {
    const std::lock_guard guard(lock_);
    loader_.stage(std::move(evidence));
}

void LoaderSink::stage(std::uint32_t file, const RelationshipSchema& schema) {
    const std::lock_guard guard(lock_);
    loader_.stage(file, schema);
}

void LoaderSink::stage(std::uint32_t file, const ActorSchema& schema) {
    const std::lock_guard guard(lock_);
    loader_.stage(file, schema);
}

void LoaderSink::set_source(const Source& source) {
    loader_.set_source(source);
    has_source_ = true;
}

void LoaderSink::default_source(const Source& source) {
    const std::lock_guard guard(lock_);
    if (!has_source_) set_source(source);
}

void LoaderSink::reject(storage::Reject reject, storage::RowOf rows) {
    const std::lock_guard guard(lock_);
    loader_.reject(std::move(reject), rows);
}

void LoaderSink::count(std::uint32_t file, storage::RowOf rows, const storage::Tally& tally) {
    const std::lock_guard guard(lock_);
    loader_.count(file, rows, tally);
}

void LoaderSink::note(const std::string& text) {
    const std::lock_guard guard(lock_);
    if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
}

}  // namespace entente::importers
