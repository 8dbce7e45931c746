// SPDX-License-Identifier: MIT
#include "importers/loader_sink.hpp"

#include <algorithm>

namespace entente::importers {

void LoaderSink::stage(std::uint32_t file, Source source) {
    const std::lock_guard guard(lock_);
    loader_.stage(file, std::move(source));
}

void LoaderSink::stage(FurtherEvidence evidence) {
    const std::lock_guard guard(lock_);
    evidence_.push_back(std::move(evidence));
}

void LoaderSink::stage(const RelationshipSchema& schema) {
    const std::lock_guard guard(lock_);
    loader_.stage(schema);
}

void LoaderSink::stage(const ActorSchema& schema) {
    const std::lock_guard guard(lock_);
    loader_.stage(schema);
}

void LoaderSink::reject(storage::Reject reject, bool is_relationship) {
    const std::lock_guard guard(lock_);
    loader_.reject(std::move(reject), is_relationship);
}

void LoaderSink::note(const std::string& text) {
    const std::lock_guard guard(lock_);
    if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
}

}  // namespace entente::importers
