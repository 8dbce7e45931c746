// SPDX-License-Identifier: MIT
#include "core/storage/sheet.hpp"

namespace entente::storage {
namespace {

Bytes bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

std::optional<Bytes> Sheet::get(const Transaction& below, std::string_view key) const {
    const auto at = changes_.find(key);
    if (at == changes_.end()) return below.stored_get(key);
    if (!at->second) return std::nullopt;
    return bytes_of(*at->second);
}

std::optional<Sheet::Entry> Sheet::settle(const Transaction& below) {
    for (;;) {
        const bool laid = laid_ != changes_.end() && (!stored_ || laid_->first <= stored_->key);
        if (!laid) return stored_;
        if (laid_->second) return Entry{laid_->first, bytes_of(*laid_->second)};
        if (stored_ && stored_->key == laid_->first) stored_ = below.stored_next();
        ++laid_;
    }
}

std::optional<Sheet::Entry> Sheet::seek(const Transaction& below, std::string_view key) {
    stored_ = below.stored_seek(key);
    laid_ = changes_.lower_bound(key);
    return settle(below);
}

std::optional<Sheet::Entry> Sheet::next(const Transaction& below) {
    if (laid_ != changes_.end() && (!stored_ || laid_->first <= stored_->key)) {
        if (stored_ && stored_->key == laid_->first) stored_ = below.stored_next();
        ++laid_;
    } else if (stored_) {
        stored_ = below.stored_next();
    }
    return settle(below);
}

Transaction::Neighbours Sheet::neighbours(const Transaction& below, std::string_view key) const {
    Transaction::Neighbours out;
    // Of the file: past what the sheet replaces or takes away, on either side.
    std::string at(key);
    for (auto stored = below.stored_neighbours(at).at; stored;) {
        if (!changes_.contains(stored->key)) {
            out.at = stored;
            break;
        }
        at = std::string(stored->key) + '\0';
        stored = below.stored_neighbours(at).at;
    }
    at = key;
    for (auto stored = below.stored_neighbours(at).before; stored;) {
        if (!changes_.contains(stored->key)) {
            out.before = stored;
            break;
        }
        at = stored->key;
        stored = below.stored_neighbours(at).before;
    }
    for (auto laid = changes_.lower_bound(key); laid != changes_.end(); ++laid) {
        if (out.at && out.at->key < laid->first) break;
        if (!laid->second) continue;
        out.at = Entry{laid->first, bytes_of(*laid->second)};
        break;
    }
    for (auto laid = changes_.lower_bound(key); laid != changes_.begin();) {
        --laid;
        if (out.before && out.before->key > laid->first) break;
        if (!laid->second) continue;
        out.before = Entry{laid->first, bytes_of(*laid->second)};
        break;
    }
    return out;
}

void Sheet::put(std::string_view key, std::string_view value) {
    const auto at = changes_.find(key);
    if (at == changes_.end())
        changes_.emplace(key, std::string(value));
    else
        at->second = std::string(value);
}

bool Sheet::erase(const Transaction& below, std::string_view key) {
    if (!get(below, key)) return false;
    const auto at = changes_.find(key);
    if (at == changes_.end())
        changes_.emplace(key, std::nullopt);
    else
        at->second.reset();
    return true;
}

}  // namespace entente::storage
