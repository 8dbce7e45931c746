// SPDX-License-Identifier: MIT
#include "core/storage/spill.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/error.hpp"

namespace entente::storage {
namespace {

constexpr std::uint64_t kPage = 4096;
/// What is mapped at once: the system allows some 65,000 maps, and an import may have more batches than that.
constexpr std::uint64_t kWindow = 64u << 20;

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

[[noreturn]] void throw_spill(const std::string& path, int code) {
    const std::string why = " (" + std::string(std::strerror(code)) + ")";
    if (code == ENOSPC || code == EDQUOT || code == EFBIG)
        throw Error(ErrorKind::full, "no room beside '" + path + "' for what an import cannot keep in memory" + why,
                    "free some space; the database is as it was before");
    throw Error(ErrorKind::io, "what an import cannot keep in memory, beside '" + path + "'" + why);
}

/// Moves all bytes by some(done, at, left), which says how many it moved.
void move_all(const std::string& path, std::uint64_t at, std::size_t bytes, int code_at_end, auto&& some) {
    for (std::size_t done = 0; done < bytes;) {
        const ssize_t n = some(done, static_cast<off_t>(at + done), bytes - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) throw_spill(path, n < 0 ? errno : code_at_end);
        done += static_cast<std::size_t>(n);
    }
}

}  // namespace

Spill::Spill(std::string path) : path_(std::move(path)) {}

Spill::~Spill() {
    for (const auto& [at, bytes] : maps_) ::munmap(at, bytes);
    if (fd_ >= 0) ::close(fd_);
}

void Spill::open() {
    const std::string directory = directory_of(path_);
    fd_ = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd_ >= 0) return;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT) throw_spill(path_, errno);
    std::string name = path_ + ".spill-XXXXXX";
    fd_ = ::mkostemp(name.data(), O_CLOEXEC);  // mode 0600
    if (fd_ < 0) throw_spill(path_, errno);
    ::unlink(name.c_str());
}

std::uint64_t Spill::reserve(std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    if (fd_ < 0) open();
    if (bytes <= kWindow && end_ % kWindow + bytes > kWindow) end_ += kWindow - end_ % kWindow;  // the hole takes no room
    const std::uint64_t at = end_;
    end_ += (bytes + kPage - 1) / kPage * kPage;
    return at;
}

void Spill::write(std::uint64_t at, const void* from, std::size_t bytes) {
    move_all(path_, at, bytes, ENOSPC, [&](std::size_t done, off_t to, std::size_t left) {
        return ::pwrite(fd_, static_cast<const char*>(from) + done, left, to);
    });
}

void Spill::read(std::uint64_t at, void* to, std::size_t bytes) const {
    move_all(path_, at, bytes, EIO, [&](std::size_t done, off_t from, std::size_t left) {
        return ::pread(fd_, static_cast<char*>(to) + done, left, from);
    });
}

std::byte* Spill::map(std::uint64_t at, std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    const std::uint64_t within = at % kWindow;
    if (within + bytes > kWindow) return map_whole(at, bytes);
    std::byte*& window = windows_[at / kWindow];
    if (window == nullptr) window = map_whole(at - within, kWindow);
    return window + within;
}

std::byte* Spill::map_whole(std::uint64_t at, std::size_t bytes) {
    void* const there = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, static_cast<off_t>(at));
    if (there == MAP_FAILED) throw_spill(path_, errno);
    maps_.emplace_back(static_cast<std::byte*>(there), bytes);
    return static_cast<std::byte*>(there);
}

void Spill::let_go() const {
    const std::lock_guard lock(mutex_);
    for (const auto& [at, bytes] : maps_) let_go(at, bytes);
}

void Spill::let_go(std::byte* at, std::size_t bytes) { ::madvise(at, bytes, MADV_DONTNEED); }

std::uint64_t Spill::size() const {
    const std::lock_guard lock(mutex_);
    return end_;
}

}  // namespace entente::storage
