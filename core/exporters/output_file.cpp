// SPDX-License-Identifier: MIT
#include "core/exporters/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/error.hpp"

namespace entente::exporters {
namespace {

/// Where a chain of symbolic links ends, though there may be nothing there.
std::string end_of_links(const std::string& path) {
    namespace fs = std::filesystem;
    constexpr int kMost = 40;
    fs::path at = path;
    std::error_code error;
    for (int i = 0; i < kMost && fs::is_symlink(at, error); ++i) {
        const fs::path next = fs::read_symlink(at, error);
        if (error) break;
        at = next.is_absolute() ? next : at.parent_path() / next;
    }
    return at.string();
}

bool same(const struct stat& a, const struct stat& b) { return a.st_dev == b.st_dev && a.st_ino == b.st_ino; }

}  // namespace

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR) continue;
        if (n == 0) errno = EIO;
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

OutputFile::OutputFile(std::string path) : path_(std::move(path)), to_(end_of_links(path_)), writing_(to_) {
    stream_.exceptions(std::ios::badbit);  // so that what write() throws comes through
    struct stat there {}, standard {};
    if (::stat(path_.c_str(), &there) == 0) {
        for (const int fd : {STDOUT_FILENO, STDERR_FILENO})
            if (fd_ < 0 && ::fstat(fd, &standard) == 0 && same(there, standard)) fd_ = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
        if (fd_ >= 0) return;
        if (!S_ISREG(there.st_mode)) {
            fd_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
            if (fd_ < 0) fail(errno);
            return;
        }
    }
    writing_ = to_ + ".new-" + std::to_string(::getpid());
    unfinished_.emplace(writing_);
    fd_ = ::open(writing_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd_ < 0) fail(errno);
}

OutputFile::~OutputFile() { drop(); }

void OutputFile::drop() noexcept {
    if (fd_ < 0) return;
    ::close(std::exchange(fd_, -1));
    if (writing_ != to_) ::unlink(writing_.c_str());
}

void OutputFile::fail(int code) const {
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    throw Error(full ? ErrorKind::full : ErrorKind::io,
                path_ + ": cannot be written: " + std::generic_category().message(code),
                full ? "free some space" : "check the folder and its permissions");
}

void OutputFile::write(std::string_view bytes) {
    if (!write_all(fd_, bytes)) fail(errno);
}

int OutputFile::Buffer::sync() {
    file_.write({pbase(), static_cast<std::size_t>(pptr() - pbase())});
    setp(bytes_.data(), bytes_.data() + bytes_.size());
    return 0;
}

int OutputFile::Buffer::overflow(int c) {
    sync();
    if (!traits_type::eq_int_type(c, traits_type::eof())) sputc(traits_type::to_char_type(c));
    return traits_type::not_eof(c);
}

void OutputFile::finish() {
    stream_.flush();
    const bool beside = writing_ != to_;
    if (beside && ::fsync(fd_) != 0 && errno != EINVAL && errno != EROFS) fail(errno);
    if (beside && ::rename(writing_.c_str(), to_.c_str()) != 0) fail(errno);
    unfinished_.reset();
    writing_ = to_;
    if (::close(std::exchange(fd_, -1)) != 0) fail(errno);
}

}  // namespace entente::exporters
