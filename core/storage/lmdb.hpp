// SPDX-License-Identifier: MIT
#pragma once

#include <lmdb.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace entente::storage {

/// Turns an LMDB error into an Error of the fitting kind.
[[noreturn]] void throw_lmdb(int code, const std::string& doing);

class Sheet;

struct Bytes {
    const std::uint8_t* data = nullptr;
    std::size_t size = 0;
    [[nodiscard]] std::string_view text() const {
        return {reinterpret_cast<const char*>(data), size};
    }
};

/// One LMDB transaction on the main table of a file with one cursor. Values are views of the map:
/// valid until the transaction ends or, in a write transaction, until the next write. Aborts by default.
class Transaction {
public:
    Transaction(MDB_env* env, bool write, MDB_txn* parent = nullptr);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&& other) noexcept;
    ~Transaction();

    [[nodiscard]] std::optional<Bytes> get(std::string_view key) const;
    /// The first entry whose key is not less.
    struct Entry { std::string_view key; Bytes value; };
    [[nodiscard]] std::optional<Entry> seek(std::string_view key) const;
    [[nodiscard]] std::optional<Entry> next() const;  ///< after the last seek() or next()
    /// The entries on both sides of a key: the last one that is less and the first one that is not.
    /// Leaves seek() and next() alone.
    struct Neighbours { std::optional<Entry> before, at; };
    [[nodiscard]] Neighbours neighbours(std::string_view key) const;

    void put(std::string_view key, std::string_view value);
    bool erase(std::string_view key);  ///< false: it was not there

    void commit();
    void abort() noexcept;

    /// From now on what is put and erased stays in the memory of this process and lies over the file like
    /// a sheet: for answers about a state that the file no longer has. Such a transaction has no children
    /// and is never committed. Keys put after a seek() may be missed by its next().
    void lay_sheet();

    [[nodiscard]] MDB_txn* raw() const { return txn_; }
    [[nodiscard]] std::uint64_t id() const { return mdb_txn_id(txn_); }
    [[nodiscard]] MDB_stat stat() const;

private:
    friend class Sheet;
    MDB_cursor* cursor() const;
    [[nodiscard]] std::optional<Bytes> stored_get(std::string_view key) const;
    [[nodiscard]] std::optional<Entry> stored_seek(std::string_view key) const;
    [[nodiscard]] std::optional<Entry> stored_next() const;
    [[nodiscard]] Neighbours stored_neighbours(std::string_view key) const;
    MDB_env* env_ = nullptr;
    MDB_txn* txn_ = nullptr;
    mutable MDB_cursor* cursor_ = nullptr;
    bool write_ = false;
    std::unique_ptr<Sheet> sheet_;
};

}  // namespace entente::storage
