// SPDX-License-Identifier: MIT
#include "importers/input.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "importers/workbook.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kRawBuffer = std::size_t{1} << 18;

std::string system_text(int code) { return std::generic_category().message(code); }

/// The bytes of the file as they are, hashed on the way.
class RawFile {
public:
    explicit RawFile(const std::string& name) : name_(name == "-" ? "standard input" : name) {
        if (name == "-") {
            fd_ = STDIN_FILENO;
        } else {
            fd_ = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
            if (fd_ < 0) {
                throw Error(ErrorKind::io, name + ": cannot be opened: " + system_text(errno),
                            errno == ENOENT ? "check the file's name" : "");
            }
            owned_ = true;
        }
        struct stat info {};
        if (::fstat(fd_, &info) == 0) {
            if (S_ISDIR(info.st_mode)) {
                if (owned_) ::close(fd_);
                throw Error(ErrorKind::io, name + ": is a directory, expected a file");
            }
            if (S_ISREG(info.st_mode)) {
                size_ = static_cast<std::uint64_t>(info.st_size);
                (void)::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
            }
        }
        if (!state_) throw std::bad_alloc();
        XXH3_128bits_reset(state_.get());
    }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;
    ~RawFile() {
        if (owned_) ::close(fd_);
    }

    std::size_t read(char* to, std::size_t size) {
        std::size_t got = 0;
        while (got < size) {
            const ssize_t n = ::read(fd_, to + got, size - got);
            if (n < 0) {
                if (errno == EINTR) continue;
                throw Error(ErrorKind::io, name_ + ": cannot be read: " + system_text(errno));
            }
            if (n == 0) break;
            got += static_cast<std::size_t>(n);
        }
        XXH3_128bits_update(state_.get(), to, got);
        bytes_ += got;
        return got;
    }

    [[nodiscard]] std::string digest() const {
        XXH128_canonical_t bytes;
        XXH128_canonicalFromHash(&bytes, XXH3_128bits_digest(state_.get()));
        static constexpr char kHex[] = "0123456789abcdef";
        std::string out;
        for (const unsigned char b : bytes.digest) {
            out += kHex[b >> 4U];
            out += kHex[b & 15U];
        }
        return out;
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    std::string name_;
    int fd_ = -1;
    bool owned_ = false;
    std::uint64_t bytes_ = 0;
    std::uint64_t size_ = 0;
    std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state_{XXH3_createState(), &XXH3_freeState};
};

bool looks_gzip(std::string_view head) { return head.starts_with("\x1f\x8b"); }

bool looks_packed(std::string_view head) {
    using namespace std::string_view_literals;
    return head.starts_with("\x28\xb5\x2f\xfd"sv) ||
           head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv);
}

}  // namespace

struct Input::Impl {
    explicit Impl(const std::string& file) : raw(file), buffer(std::make_unique_for_overwrite<char[]>(kRawBuffer)) {
        head = raw.read(buffer.get(), 4096);
        if (looks_gzip({buffer.get(), head})) open_gzip();
        else if (looks_packed({buffer.get(), head}) && !looks_workbook({buffer.get(), head})) open_archive();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (gzip) inflateEnd(&*gzip);
    }

    static la_ssize_t read_raw(struct archive* a, void* self, const void** out) {
        auto& impl = *static_cast<Impl*>(self);
        try {
            if (impl.head != 0) {
                *out = impl.buffer.get();
                return static_cast<la_ssize_t>(std::exchange(impl.head, 0));
            }
            const std::size_t n = impl.raw.read(impl.buffer.get(), kRawBuffer);
            *out = impl.buffer.get();
            return static_cast<la_ssize_t>(n);
        } catch (const std::exception& e) {
            archive_set_error(a, EIO, "%s", e.what());
            return ARCHIVE_FATAL;
        }
    }

    void open_archive() {
        owner.reset(archive_read_new());
        packed = owner.get();
        if (packed == nullptr) throw std::bad_alloc();
        archive_read_support_filter_zstd(packed);
        archive_read_support_format_zip_streamable(packed);
        archive_read_support_format_raw(packed);
        archive_read_support_format_empty(packed);
        if (archive_read_open(packed, this, nullptr, &Impl::read_raw, nullptr) != ARCHIVE_OK) damaged();
    }

    // zlib itself, because libarchive does not compare gzip's checksums
    void open_gzip() {
        gzip.emplace();
        *gzip = {};
        if (inflateInit2(&*gzip, 15 + 16) != Z_OK) {
            gzip.reset();
            throw std::bad_alloc();
        }
        gzip->next_in = reinterpret_cast<Bytef*>(buffer.get());
        gzip->avail_in = static_cast<uInt>(std::exchange(head, 0));
    }

    std::size_t read_gzip(char* to, std::size_t size) {
        std::size_t got = 0;
        while (got < size && !gzip_ended) {
            if (gzip->avail_in == 0) {
                gzip->next_in = reinterpret_cast<Bytef*>(buffer.get());
                gzip->avail_in = static_cast<uInt>(raw.read(buffer.get(), kRawBuffer));
            }
            if (gzip->avail_in == 0) {
                if (!between) damaged("it ends too early");
                gzip_ended = true;
                break;
            }
            if (between && *gzip->next_in == 0) {  // padding, as tape writers leave it
                ++gzip->next_in;
                --gzip->avail_in;
                continue;
            }
            between = false;
            const auto room = static_cast<uInt>(std::min<std::size_t>(size - got, std::size_t{1} << 30U));
            gzip->next_out = reinterpret_cast<Bytef*>(to + got);
            gzip->avail_out = room;
            const int result = inflate(&*gzip, Z_NO_FLUSH);
            got += room - gzip->avail_out;
            if (result == Z_STREAM_END) {
                if (inflateReset(&*gzip) != Z_OK) damaged("it cannot be read on");
                between = true;
            } else if (result != Z_OK && result != Z_BUF_ERROR) {
                damaged(gzip->msg != nullptr ? gzip->msg : "its checksum differs");
            }
        }
        return got;
    }

    [[noreturn]] void damaged(const char* why = nullptr) {
        if (why == nullptr) why = archive_error_string(packed);
        throw Error(ErrorKind::import, Place{raw.name(), 0, 0},
                    std::string("the compressed file is damaged or cut short") +
                        (why != nullptr ? std::string(": ") + why : std::string()),
                    "fetch the file again, or unpack it first");
    }

    bool next_member() {
        while (true) {
            struct archive_entry* entry = nullptr;
            const int result = archive_read_next_header(packed, &entry);
            if (result == ARCHIVE_EOF) {
                member.clear();
                if (!started && (archive_format(packed) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_ZIP) {
                    throw Error(ErrorKind::import, Place{raw.name(), 0, 0}, "the archive is empty", "nothing was read");
                }
                return !std::exchange(started, true);  // an empty text, if there was no other
            }
            if (result != ARCHIVE_OK && result != ARCHIVE_WARN) damaged();
            started = true;
            if (archive_format(packed) == ARCHIVE_FORMAT_RAW) return true;
            if (archive_entry_filetype(entry) == AE_IFDIR) continue;
            const char* path = archive_entry_pathname_utf8(entry);
            if (path == nullptr) path = archive_entry_pathname(entry);
            member = path != nullptr ? path : "member";
            // resource forks that one operating system adds beside each file
            if (member.starts_with("__MACOSX/") || member.ends_with(".DS_Store")) continue;
            return true;
        }
    }

    RawFile raw;
    std::unique_ptr<char[]> buffer;
    std::size_t head = 0;      // bytes at the start of buffer that nobody has taken yet
    std::size_t head_from = 0;
    struct archive* packed = nullptr;
    std::unique_ptr<struct archive, int (*)(struct archive*)> owner{nullptr, &archive_read_free};
    std::string member;
    bool started = false;
    std::optional<z_stream> gzip;
    bool between = false;  // members of a gzip file
    bool gzip_ended = false;
};

Input::Input(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Input::~Input() = default;

std::unique_ptr<Input> Input::open(const std::string& name) {
    return std::unique_ptr<Input>(new Input(std::make_unique<Impl>(name)));
}

bool Input::next() {
    Impl& s = *impl_;
    if (s.packed != nullptr) return s.next_member();
    if (s.started) return false;
    s.started = true;
    return true;
}

std::string Input::text_name() const {
    const std::string& file = impl_->raw.name();
    return impl_->member.empty() ? file : file + "(" + impl_->member + ")";
}

const std::string& Input::member() const { return impl_->member; }

std::size_t Input::read(char* to, std::size_t size) {
    Impl& s = *impl_;
    std::size_t got = 0;
    if (s.packed != nullptr) {
        while (got < size) {
            const la_ssize_t n = archive_read_data(s.packed, to + got, size - got);
            if (n < 0) s.damaged();
            if (n == 0) break;
            got += static_cast<std::size_t>(n);
        }
        return got;
    }
    if (s.gzip) return s.read_gzip(to, size);
    if (s.head != s.head_from) {
        got = std::min(size, s.head - s.head_from);
        std::memcpy(to, s.buffer.get() + s.head_from, got);
        s.head_from += got;
    }
    return got == size ? got : got + s.raw.read(to + got, size - got);
}

std::string Input::finish_hash() {
    Impl& s = *impl_;
    while (s.raw.read(s.buffer.get(), kRawBuffer) != 0) {
    }
    return s.raw.digest();
}

std::uint64_t Input::raw_bytes() const { return impl_->raw.bytes(); }
std::uint64_t Input::raw_size() const { return impl_->raw.size(); }

FileHash hash_file(const std::string& name) {
    RawFile raw(name);
    std::vector<char> buffer(kRawBuffer);
    while (raw.read(buffer.data(), buffer.size()) != 0) {
    }
    return {raw.digest(), raw.bytes()};
}

}  // namespace entente::importers
