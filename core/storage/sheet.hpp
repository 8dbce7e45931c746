// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/storage/lmdb.hpp"

namespace entente::storage {

/// Entries that lie over those of a read transaction: what was put there, and what is to be taken for
/// erased. Answers as the file would if they had been written. See Transaction::lay_sheet().
class Sheet {
public:
    using Entry = Transaction::Entry;

    [[nodiscard]] std::optional<Bytes> get(const Transaction& below, std::string_view key) const;
    [[nodiscard]] std::optional<Entry> seek(const Transaction& below, std::string_view key);
    [[nodiscard]] std::optional<Entry> next(const Transaction& below);
    [[nodiscard]] Transaction::Neighbours neighbours(const Transaction& below, std::string_view key) const;
    void put(std::string_view key, std::string_view value);
    bool erase(const Transaction& below, std::string_view key);

private:
    using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;  ///< none: erased
    [[nodiscard]] std::optional<Entry> settle(const Transaction& below);
    Changes changes_;
    std::optional<Entry> stored_;          ///< where the walk over the file is ...
    Changes::iterator laid_ = changes_.end();  ///< ... and that over the sheet; the lesser key is the entry
};

}  // namespace entente::storage
