// SPDX-License-Identifier: MIT
#include "importers/ftm_claims.hpp"

#include <xxhash.h>

namespace entente::importers {

std::uint32_t ends_hash(std::string_view from, std::string_view to) {
    const std::uint64_t mixed = XXH3_64bits_withSeed(to.data(), to.size(), XXH3_64bits(from.data(), from.size()));
    return static_cast<std::uint32_t>(mixed) | 1U;
}

namespace {

/// The hash of an edge's ends, 0 where one end has several values; and whether both are told.
std::pair<std::uint32_t, bool> ends_of(const FtmEntity& entity) {
    const std::string_view one = entity.only(entity.schema->source);
    const std::string_view other = entity.only(entity.schema->target);
    if (!one.empty() && !other.empty()) return {ends_hash(one, other), true};
    const auto from = entity.all(entity.schema->source);
    const auto to = entity.all(entity.schema->target);
    return {from.size() == 1 && to.size() == 1 ? ends_hash(from[0], to[0]) : 0, !from.empty() && !to.empty()};
}

}  // namespace

std::uint16_t FtmClaims::code_of(const FtmEntity& entity) {
    if (entity.schema != nullptr) return entity.schema->number;
    const std::uint64_t hash = XXH3_64bits(entity.schema_name.data(), entity.schema_name.size());
    return static_cast<std::uint16_t>(kUnknown | (hash & 0x7fffU));
}

FtmClaims::Turn::Turn(FtmClaims& claims, std::uint64_t chunk) : claims_(claims), chunk_(chunk) {
    std::unique_lock guard(claims_.lock_);
    claims_.turn_over_.wait(guard, [&] { return claims_.next_ == chunk_; });
}

FtmClaims::Turn::~Turn() {
    {
        const std::lock_guard guard(claims_.lock_);
        claims_.next_ = chunk_ + 1;
    }
    claims_.turn_over_.notify_all();
}

std::string FtmClaims::Turn::claim(FtmEntity& entity, std::uint64_t line) {
    const std::uint64_t hash = XXH3_64bits(entity.id.data(), entity.id.size());
    const std::uint16_t code = code_of(entity);
    const auto [at, fresh] = claims_.known_.try_emplace(hash, Known{0, code});
    if (!fresh && at->second.schema != code) {
        const bool known = (at->second.schema & kUnknown) == 0 && entity.schema != nullptr;
        const ftm::Schema* before = known ? &ftm::all_schemata()[at->second.schema] : nullptr;
        const ftm::Schema* both = known ? ftm::common(*before, *entity.schema) : nullptr;
        if (both == nullptr) {
            return "'" + std::string(entity.id) + "' is of the schema " + std::string(entity.schema_name) + " here and was of " +
                   (before != nullptr ? std::string(before->name) : "another") + " before, and nothing is both";
        }
        entity.schema = both;
        entity.settle();
        entity.schema_name = both->name;
        at.value().schema = both->number;
    }
    if (!entity.is_edge()) return {};
    const auto [ends, both] = ends_of(entity);
    if (both) {
        if (fresh) at.value().ends = ends;
        entity.only_ends = at->second.ends;
        return {};
    }
    entity.left_out = true;
    const auto [place, first] = claims_.waiting_by_id_.try_emplace(std::string(entity.id), claims_.waiting_.size());
    if (first) {
        claims_.waiting_.emplace_back();
        claims_.waiting_.back().line = line;
        claims_.waiting_.back().raw = entity.raw;
    }
    Waiting& w = claims_.waiting_[place->second];
    w.id = entity.id;
    w.schema_name = entity.schema_name;
    if (w.caption.empty()) w.caption = entity.caption;
    for (const FtmEntity::Member& m : entity.members) {
        const auto all = entity.all(m);
        auto& values = (m.beside ? w.beside : w.members)[std::string(m.name)];
        values.insert(values.end(), all.begin(), all.end());
    }
    w.datasets.insert(w.datasets.end(), entity.datasets.begin(), entity.datasets.end());
    for (const auto& [name, text] : entity.texts) w.texts.emplace_back(name, text);
    for (const auto& [name, value] : entity.more) w.more.emplace_back(name, value);
    if (w.own.is_null()) w.own = entity.own;
    return {};
}

FtmEntity FtmClaims::entity_of(const Waiting& from) const {
    FtmEntity out;
    out.id = from.id;
    out.schema_name = from.schema_name;
    out.schema = ftm::schema_named(from.schema_name);
    out.caption = from.caption;
    for (const auto& [name, values] : from.members) {
        const auto begin = static_cast<std::uint32_t>(out.values.size());
        out.values.insert(out.values.end(), values.begin(), values.end());
        out.members.push_back({name, begin, static_cast<std::uint32_t>(out.values.size())});
    }
    for (const auto& [name, values] : from.beside) {
        const auto begin = static_cast<std::uint32_t>(out.values.size());
        out.values.insert(out.values.end(), values.begin(), values.end());
        out.members.push_back({name, begin, static_cast<std::uint32_t>(out.values.size()), false, true});
    }
    out.settle();
    out.datasets = ftm::distinct({from.datasets.begin(), from.datasets.end()});
    for (const auto& [name, text] : from.texts) out.texts.emplace_back(name, text);
    for (const auto& [name, value] : from.more) out.more.emplace_back(name, value);
    out.own = from.own;
    out.raw = from.raw;
    const auto known = known_.find(XXH3_64bits(out.id.data(), out.id.size()));
    if (known != known_.end()) out.only_ends = known->second.ends;
    if (out.only_ends == 0 && out.schema != nullptr) {
        const auto source = out.all(out.schema->source);
        const auto target = out.all(out.schema->target);
        if (source.size() == 1 && target.size() == 1) out.only_ends = ends_hash(source[0], target[0]);
    }
    return out;
}

}  // namespace entente::importers
