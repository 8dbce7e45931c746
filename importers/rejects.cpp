// SPDX-License-Identifier: MIT
#include "importers/rejects.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <tuple>
#include <vector>

#include "core/error.hpp"
#include "core/model/output_place.hpp"

namespace entente::importers {
namespace {

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

[[noreturn]] void fail(const std::string& path, int code) {
    throw Error(ErrorKind::io, path + ": the rejected rows cannot be written: " +
                                   std::generic_category().message(code));
}

}  // namespace

void write_rejects(const std::string& path, const storage::Account& account) {
    std::vector<const storage::Reject*> rows;
    for (const storage::Reject& r : account.rejects) rows.push_back(&r);
    std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) {
        return std::tie(a->file, a->line, a->column) < std::tie(b->file, b->line, b->column);
    });
    const OutputPlace place = output_place(path);
    const int fd = ::open(place.writing.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) fail(path, errno);
    const auto give_up = [&](int code) {
        ::close(fd);
        if (place.beside()) ::unlink(place.writing.c_str());
        fail(path, code);
    };
    std::string buffer = "file,line,column,reason,raw\n";
    const auto flush = [&] {
        for (std::size_t at = 0; at < buffer.size();) {
            const ssize_t n = ::write(fd, buffer.data() + at, buffer.size() - at);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) give_up(n < 0 ? errno : EIO);
            at += static_cast<std::size_t>(n);
        }
        buffer.clear();
    };
    for (const storage::Reject* r : rows) {
        buffer += quoted(r->file < account.files.size() ? account.files[r->file].name : std::string());
        buffer.append(",").append(std::to_string(r->line)).append(",").append(std::to_string(r->column));
        buffer.append(",").append(quoted(r->reason)).append(",").append(quoted(r->raw)).append("\n");
        if (buffer.size() > (1U << 16U)) flush();
    }
    flush();
    if (::fsync(fd) != 0 && errno != EINVAL && errno != EROFS) give_up(errno);
    if (::close(fd) != 0) fail(path, errno);
    if (place.beside() && std::rename(place.writing.c_str(), place.path.c_str()) != 0) {
        const int code = errno;
        ::unlink(place.writing.c_str());
        fail(path, code);
    }
}

}  // namespace entente::importers
