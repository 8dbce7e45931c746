// SPDX-License-Identifier: MIT
#include "core/storage/lmdb.hpp"

#include <cerrno>
#include <memory>
#include <utility>

#include "core/error.hpp"
#include "core/storage/fault.hpp"
#include "core/storage/sheet.hpp"

namespace entente::storage {
namespace {

constexpr MDB_dbi kMain = 1;  // LMDB's number of the unnamed table

MDB_val value_of(std::string_view text) {
    return MDB_val{text.size(), const_cast<char*>(text.data())};
}
Bytes bytes_of(const MDB_val& v) { return {static_cast<const std::uint8_t*>(v.mv_data), v.mv_size}; }
std::string_view text_of(const MDB_val& v) {
    return {static_cast<const char*>(v.mv_data), v.mv_size};
}

}  // namespace

void throw_lmdb(int code, const std::string& doing) {
    const std::string text = doing + ": " + mdb_strerror(code);
    switch (code) {
        case MDB_CORRUPTED:
        case MDB_PAGE_NOTFOUND:
        case MDB_PANIC:
        case MDB_CURSOR_FULL:
        case MDB_BAD_TXN:
        case MDB_INCOMPATIBLE:
        case MDB_BAD_VALSIZE:
            throw Error(ErrorKind::corrupt, "the database is corrupt (" + text + ")",
                        "run 'entente check' and restore a backup");
        case MDB_INVALID:
        case MDB_VERSION_MISMATCH:
            throw Error(ErrorKind::not_a_database, "the file is not an Entente database");
        case MDB_MAP_FULL:
        case MDB_TXN_FULL:
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
        case EIO:  // what LMDB makes of a short write
            throw Error(ErrorKind::full, "no room to write the database (" + text + ")",
                        "free some space; the database is as it was before");
        case EACCES:
        case EROFS:
        case EPERM:
            throw Error(ErrorKind::read_only, text, "check the permissions of the file and its directory");
        case MDB_READERS_FULL:
            throw Error(ErrorKind::busy, "too many processes read the database at once",
                        "try again when some have ended");
        case ENOMEM:
            throw Error(ErrorKind::io, text, "raise the limit on memory (ulimit -v)");
        default: throw Error(ErrorKind::io, text);
    }
}

Transaction::Transaction(MDB_env* env, bool write, MDB_txn* parent) : env_(env), write_(write) {
    int rc = mdb_txn_begin(env, parent, write ? 0 : MDB_RDONLY, &txn_);
    if (rc == MDB_MAP_RESIZED) {
        rc = mdb_env_set_mapsize(env, 0);
        if (rc == 0) rc = mdb_txn_begin(env, parent, write ? 0 : MDB_RDONLY, &txn_);
    }
    if (rc != 0) throw_lmdb(rc, "beginning a transaction");
}

Transaction::Transaction(Transaction&& other) noexcept
    : env_(other.env_),
      txn_(std::exchange(other.txn_, nullptr)),
      cursor_(std::exchange(other.cursor_, nullptr)),
      write_(other.write_),
      sheet_(std::move(other.sheet_)) {}

Transaction& Transaction::operator=(Transaction&& other) noexcept {
    std::swap(env_, other.env_);
    std::swap(txn_, other.txn_);
    std::swap(cursor_, other.cursor_);
    std::swap(write_, other.write_);
    std::swap(sheet_, other.sheet_);
    return *this;
}

Transaction::~Transaction() { abort(); }

MDB_cursor* Transaction::cursor() const {
    if (cursor_ == nullptr) {
        const int rc = mdb_cursor_open(txn_, kMain, &cursor_);
        if (rc != 0) throw_lmdb(rc, "reading the database");
    }
    return cursor_;
}

void Transaction::lay_sheet() { sheet_ = std::make_unique<Sheet>(); }

std::optional<Bytes> Transaction::get(std::string_view key) const {
    return sheet_ ? sheet_->get(*this, key) : stored_get(key);
}
std::optional<Transaction::Entry> Transaction::seek(std::string_view key) const {
    return sheet_ ? sheet_->seek(*this, key) : stored_seek(key);
}
std::optional<Transaction::Entry> Transaction::next() const {
    return sheet_ ? sheet_->next(*this) : stored_next();
}

Transaction::Neighbours Transaction::neighbours(std::string_view key) const {
    return sheet_ ? sheet_->neighbours(*this, key) : stored_neighbours(key);
}

std::optional<Bytes> Transaction::stored_get(std::string_view key) const {
    MDB_val k = value_of(key), v{};
    const WalkingPages unchecked;
    const int rc = mdb_get(txn_, kMain, &k, &v);
    if (rc == MDB_NOTFOUND) return std::nullopt;
    if (rc != 0) throw_lmdb(rc, "reading the database");
    return bytes_of(v);
}

std::optional<Transaction::Entry> Transaction::stored_seek(std::string_view key) const {
    MDB_val k = value_of(key), v{};
    const WalkingPages unchecked;
    const int rc = mdb_cursor_get(cursor(), &k, &v, MDB_SET_RANGE);
    if (rc == MDB_NOTFOUND) return std::nullopt;
    if (rc != 0) throw_lmdb(rc, "reading the database");
    // A broken branch page leads astray.
    if (text_of(k) < key) throw_lmdb(MDB_CORRUPTED, "reading the database");
    return Entry{text_of(k), bytes_of(v)};
}
Transaction::Neighbours Transaction::stored_neighbours(std::string_view key) const {
    MDB_cursor* own = nullptr;
    if (const int rc = mdb_cursor_open(txn_, kMain, &own); rc != 0)
        throw_lmdb(rc, "reading the database");
    const std::unique_ptr<MDB_cursor, decltype(&mdb_cursor_close)> closing(own, &mdb_cursor_close);
    const auto go = [&](MDB_cursor_op how) -> std::optional<Entry> {
        MDB_val k = value_of(key), v{};
        const WalkingPages unchecked;
        const int rc = mdb_cursor_get(own, &k, &v, how);
        if (rc == MDB_NOTFOUND) return std::nullopt;
        if (rc != 0) throw_lmdb(rc, "reading the database");
        return Entry{text_of(k), bytes_of(v)};
    };
    Neighbours out;
    out.at = go(MDB_SET_RANGE);
    out.before = go(out.at ? MDB_PREV : MDB_LAST);
    return out;
}
std::optional<Transaction::Entry> Transaction::stored_next() const {
    MDB_val k{}, v{};
    const WalkingPages unchecked;
    const int rc = mdb_cursor_get(cursor(), &k, &v, MDB_NEXT);
    if (rc == MDB_NOTFOUND) return std::nullopt;
    if (rc != 0) throw_lmdb(rc, "reading the database");
    return Entry{text_of(k), bytes_of(v)};
}

void Transaction::put(std::string_view key, std::string_view value) {
    if (sheet_) return sheet_->put(key, value);
    MDB_val k = value_of(key), v = value_of(value);
    const WalkingPages unchecked;
    const int rc = mdb_put(txn_, kMain, &k, &v, 0);
    if (rc != 0) throw_lmdb(rc, "writing the database");
}

bool Transaction::erase(std::string_view key) {
    if (sheet_) return sheet_->erase(*this, key);
    MDB_val k = value_of(key);
    const WalkingPages unchecked;
    const int rc = mdb_del(txn_, kMain, &k, nullptr);
    if (rc == MDB_NOTFOUND) return false;
    if (rc != 0) throw_lmdb(rc, "writing the database");
    return true;
}

void Transaction::commit() {
    // A cursor of a write transaction dies with it; it must not be closed after.
    if (cursor_ != nullptr) mdb_cursor_close(std::exchange(cursor_, nullptr));
    const WalkingPages unchecked;
    const int rc = mdb_txn_commit(std::exchange(txn_, nullptr));
    if (rc != 0) throw_lmdb(rc, "committing");
}

void Transaction::abort() noexcept {
    if (cursor_ != nullptr) mdb_cursor_close(std::exchange(cursor_, nullptr));
    if (txn_ != nullptr) mdb_txn_abort(std::exchange(txn_, nullptr));
}

MDB_stat Transaction::stat() const {
    MDB_stat s{};
    const WalkingPages unchecked;
    mdb_stat(txn_, kMain, &s);
    return s;
}

}  // namespace entente::storage
