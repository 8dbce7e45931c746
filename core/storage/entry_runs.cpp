// SPDX-License-Identifier: MIT
#include "core/storage/entry_runs.hpp"

#include <algorithm>

namespace entente::storage {

void EntryRuns::add(std::span<const Entry> entries) {
    while (!entries.empty()) {
        if (entries_.size() >= at_once_) put_away();
        const std::size_t n = std::min<std::size_t>(entries.size(), at_once_ - entries_.size());
        entries_.insert(entries_.end(), entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(n));
        entries = entries.subspan(n);
    }
}

void EntryRuns::settle() {
    std::sort(entries_.begin(), entries_.end());
    entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
}

void EntryRuns::put_away() {
    if (!spill_) spill_ = std::make_unique<Spill>(path_);
    settle();
    const std::size_t bytes = entries_.size() * sizeof(Entry);
    const std::uint64_t begin = spill_->reserve(bytes);
    spill_->write(begin, entries_.data(), bytes);
    runs_.push_back({begin, begin + bytes});
    entries_.clear();
}

void EntryRuns::drain(const std::function<void(std::span<const Entry>)>& visit) {
    if (!spill_) {
        settle();
        constexpr std::size_t kPiece = 1u << 16;
        for (std::size_t at = 0; at < entries_.size(); at += kPiece)
            visit(std::span(entries_).subspan(at, std::min(kPiece, entries_.size() - at)));
    } else {
        if (!entries_.empty()) put_away();
        std::vector<Entry>().swap(entries_);
        Entry last{};
        bool any = false;
        std::vector<Entry> once;
        merge_runs<Entry>(*spill_, runs_, std::less<>(), [&](std::span<const Entry> piece) {
            once.clear();
            for (const Entry& e : piece) {
                if (any && e == last) continue;
                once.push_back(e);
                last = e;
                any = true;
            }
            if (!once.empty()) visit(once);
        });
        runs_.clear();
        spill_.reset();
    }
    std::vector<Entry>().swap(entries_);
}

}  // namespace entente::storage
