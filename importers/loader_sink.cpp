// SPDX-License-Identifier: MIT
#include "importers/loader_sink.hpp"

#include <algorithm>
#include <map>

namespace entente::importers {

void LoaderSink::text(const std::string& name) {
    text_ = 0;
    if (name.empty()) return;
    texts_.push_back(name);
    text_ = static_cast<std::uint64_t>(texts_.size()) << kTextShift;
}

void LoaderSink::stage(ActorBatch&& batch) {
    batch.origin.first_line += text_;
    loader_.stage(std::move(batch));
}

void LoaderSink::stage(RelationshipBatch&& batch) {
    batch.origin.first_line += text_;
    loader_.stage(std::move(batch));
}

Error LoaderSink::placed(const Error& error) const {
    const std::uint64_t text = error.place().line >> kTextShift;
    if (text == 0 || text > texts_.size()) return error;
    std::string what = error.what();
    if (const std::string at = error.place().text() + ": "; what.starts_with(at)) what.erase(0, at.size());
    const std::uint64_t line = error.place().line & ((std::uint64_t{1} << kTextShift) - 1);
    return {error.kind(), Place{texts_[text - 1], line, error.place().column}, what, error.advice()};
}

void LoaderSink::place(storage::Account& account) const {
    std::map<std::uint64_t, std::uint32_t> files;
    for (storage::Reject& reject : account.rejects) {
        const std::uint64_t text = reject.line >> kTextShift;
        if (text == 0 || text > texts_.size()) continue;
        const auto [file, fresh] = files.emplace(text, static_cast<std::uint32_t>(account.files.size()));
        if (fresh) account.files.emplace_back().name = texts_[text - 1];
        reject.file = file->second;
        reject.line &= (std::uint64_t{1} << kTextShift) - 1;
    }
}

void LoaderSink::stage(std::uint32_t file, Source source) {
    const std::lock_guard guard(lock_);
    described_.insert(source.key);
    loader_.stage(file, std::move(source));
}

void LoaderSink::stage_named(const storage::Reader& known) {
    for (const auto& [key, file] : named_) {
        if (described_.contains(key) || known.source_by_key(key)) continue;
        Source bare;
        bare.key = key;
        loader_.stage(file, std::move(bare));
        note("source '" + key + "' is named but not described");
    }
    named_.clear();
}

void LoaderSink::stage(EvidenceRow evidence) {
    const std::lock_guard guard(lock_);
    evidence.line += text_;
    if (names_sources_) named_.emplace(evidence.source, evidence.file);
    loader_.stage(std::move(evidence));
}

void LoaderSink::name_source(std::uint32_t file, const std::string& key) {
    const std::lock_guard guard(lock_);
    named_.emplace(key, file);
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
    reject.line += text_;
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
