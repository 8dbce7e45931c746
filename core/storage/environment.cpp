// SPDX-License-Identifier: MIT
#include "core/storage/environment.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "core/storage/bits.hpp"
#include "core/storage/dictionary.hpp"
#include "core/storage/layout.hpp"
#include "core/storage/page_walk.hpp"

namespace entente::storage {
namespace {

constexpr std::uint64_t kLargestMap = 1ull << 40;
constexpr std::uint64_t kSmallestMap = 1ull << 26;
/// Files up to this size have every page checked when they are opened; it costs less than 50 us.
constexpr std::uint64_t kSmallFile = 1ull << 20;

struct Descriptor {
    int fd = -1;
    explicit Descriptor(int f) : fd(f) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
};

std::string directory_of(const std::string& path) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

[[noreturn]] void throw_errno(const std::string& doing, int code) {
    throw_lmdb(code, doing);
}

using FileId = std::pair<std::uint64_t, std::uint64_t>;
struct Registry {
    std::mutex mutex;
    std::map<FileId, std::weak_ptr<Environment>> open;
};
Registry& registry() {
    static Registry r;
    return r;
}

[[noreturn]] void on_assert(MDB_env*, const char* message) {
    throw Error(ErrorKind::corrupt, std::string("the database is corrupt (") + message + ")",
                "run 'entente check' and restore a backup");
}

bool network_file_system(int fd) {
    struct statfs s {};
    if (::fstatfs(fd, &s) != 0) return false;
    const auto type = static_cast<std::uint64_t>(s.f_type) & 0xffffffffu;
    return type == 0x6969u /* NFS */ || type == 0xff534d42u /* CIFS */ || type == 0xfe534d42u /* SMB2 */;
}

/// A lock on one byte that no file has; true when it was got, or when the file system has none such.
bool turnstile(int fd, short type) {
    struct flock region {};
    region.l_type = type;
    region.l_whence = SEEK_SET;
    region.l_start = std::numeric_limits<off_t>::max() - 1;
    region.l_len = 1;
    return ::fcntl(fd, F_OFD_SETLK, &region) == 0 || (errno != EAGAIN && errno != EACCES && errno != EINTR);
}

/// Who holds a flock on this inode, from /proc/locks.
std::string holder_of(const struct stat& st) {
    std::ifstream locks("/proc/locks");
    const std::string inode = fmt::format(":{}", st.st_ino);
    std::string line;
    while (std::getline(locks, line)) {
        if (line.find("FLOCK") == std::string::npos || line.find(inode + " ") == std::string::npos)
            continue;
        std::size_t at = 0;
        std::array<std::string, 5> words;
        for (auto& word : words) {
            at = line.find_first_not_of(' ', at);
            if (at == std::string::npos) break;
            const auto end = std::min(line.find(' ', at), line.size());
            word = line.substr(at, end - at);
            at = end;
        }
        if (words[1] == "->") continue;
        const std::string& pid = words[4];
        std::ifstream command("/proc/" + pid + "/cmdline", std::ios::binary);
        std::string text((std::istreambuf_iterator<char>(command)), {});
        for (char& c : text)
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
        while (!text.empty() && text.back() == ' ') text.pop_back();
        if (text.size() > 200) text.resize(200);
        return "process " + pid + (text.empty() ? "" : " (" + text + ")");
    }
    return "another process";
}

}  // namespace

Preflight preflight(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.fd < 0) {
        if (errno == ENOENT)
            throw Error(ErrorKind::missing_database, "there is no database '" + path + "'",
                        "make one with 'entente --db " + path + " import FILE...'");
        throw_errno("opening " + path, errno);
    }
    struct stat st {};
    if (::fstat(file.fd, &st) != 0) throw_errno("opening " + path, errno);
    const Error not_ours(ErrorKind::not_a_database, "'" + path + "' is not an Entente database",
                         "name another file with --db");
    if (S_ISDIR(st.st_mode))
        throw Error(ErrorKind::not_a_database, "'" + path + "' is a directory, not a database",
                    "name a file with --db");
    if (!S_ISREG(st.st_mode) || st.st_size == 0) throw not_ours;
    Preflight out;
    out.file_bytes = static_cast<std::uint64_t>(st.st_size);
    out.device = st.st_dev;
    out.inode = st.st_ino;
    std::array<std::uint8_t, 2 * kPageBytes> pages{};
    const auto got = ::pread(file.fd, pages.data(), pages.size(), 0);
    if (got < 0) throw_errno("reading " + path, errno);
    const auto have = static_cast<std::size_t>(got);
    const auto meta = [&](std::size_t i) { return pages.data() + i * kPageBytes + 16; };
    const auto lmdb = [&](std::size_t i) { return load32(meta(i)) == 0xBEEFC0DEu; };
    if (have < 24 || (!lmdb(0) && (have < kPageBytes + 24 || !lmdb(1)))) throw not_ours;
    const auto corrupt = [&](const std::string& what) {
        return Error(ErrorKind::corrupt, "'" + path + "' is corrupt: " + what, "restore a backup");
    };
    if (have < pages.size()) throw corrupt("it is cut off");
    // A commit rewrites one meta page in place; what was read in its middle is read again.
    for (int attempt = 0;; ++attempt) {
        const std::string problem = meta_problem(pages.data());
        if (problem.empty()) break;
        if (attempt == 3) throw corrupt(problem);
        std::this_thread::sleep_for(std::chrono::microseconds(200));
        if (::pread(file.fd, pages.data(), pages.size(), 0) != got) throw corrupt("it is cut off");
    }
    const std::array<std::uint64_t, 2> transaction{load64(meta(0) + 128), load64(meta(1) + 128)};
    const std::size_t newest = transaction[1] > transaction[0] ? 1 : 0;
    out.transaction = transaction[newest];
    out.last_page = load64(meta(newest) + 120);
    // LMDB may leave its very last pages unwritten; only the walk can tell that from a cut.
    out.suspicious = out.file_bytes < (out.last_page + 1) * kPageBytes || out.file_bytes <= kSmallFile;
    return out;
}

void Environment::open_map(const char* file, unsigned flags) {
    for (std::uint64_t size = kLargestMap;; size /= 2) {
        int rc = mdb_env_create(&env_);
        if (rc != 0) throw_lmdb(rc, "opening " + path_);
        mdb_env_set_assert(env_, [](MDB_env* e, const char* m) { on_assert(e, m); });
        mdb_env_set_mapsize(env_, size);
        mdb_env_set_maxreaders(env_, 1024);
        rc = mdb_env_open(env_, file, flags | MDB_NOSUBDIR | MDB_NOTLS | MDB_NORDAHEAD, 0666);
        if (rc == 0) {
            // Opening the unnamed table once per environment gives it its order of keys.
            const Transaction first(env_, false);
            MDB_dbi main = 0;
            rc = mdb_dbi_open(first.raw(), nullptr, 0, &main);
            if (rc == 0) return;
        }
        mdb_env_close(std::exchange(env_, nullptr));
        if (rc == ENOMEM && size / 2 >= kSmallestMap) continue;
        if ((rc == EACCES || rc == EROFS || rc == EPERM) && (flags & MDB_RDONLY) != 0 &&
            (flags & MDB_NOLOCK) == 0) {
            flags |= MDB_NOLOCK;
            no_lock_ = true;
            size *= 2;
            continue;
        }
        throw_lmdb(rc, "opening " + path_);
    }
}

std::shared_ptr<Environment> Environment::open(const std::string& path, bool read_only) {
    const Preflight before = preflight(path);
    const std::lock_guard guard(registry().mutex);
    const FileId id{before.device, before.inode};
    if (auto known = registry().open[id].lock()) {
        if (!known->read_only_ || read_only) return known;
        throw Error(ErrorKind::busy, "'" + path + "' is open for reading in this process");
    }
    std::shared_ptr<Environment> env(new Environment);
    env->path_ = path;
    env->read_only_ = read_only;
    bool network = false;
    {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        network = file.fd >= 0 && network_file_system(file.fd);
    }
    if (network && !read_only)
        throw Error(ErrorKind::read_only, "'" + path + "' lies on a network file system",
                    "copy it to a local disk to write; reading works");
    if (network) env->no_lock_ = true;
    if (before.suspicious) {
        // A writer may commit between the two looks; then the walk is repeated on what it left.
        for (int i = 0;; ++i) {
            const Preflight now = preflight(path);
            const std::string problem = walk_pages(path, {}).problem;
            if (problem.empty()) break;
            if (i > 100 || preflight(path).transaction == now.transaction)
                throw Error(ErrorKind::corrupt, "'" + path + "' is corrupt: " + problem,
                            "restore a backup");
        }
    }
    env->open_map(path.c_str(), (read_only ? static_cast<unsigned>(MDB_RDONLY) : 0u) |
                                    (network ? static_cast<unsigned>(MDB_NOLOCK) : 0u));
    registry().open[id] = env;
    return env;
}

std::shared_ptr<Environment> Environment::make(const std::string& path) {
    std::shared_ptr<Environment> env(new Environment);
    env->path_ = path;
    env->unpublished_ = true;
    const std::string directory = directory_of(path);
    env->private_fd_ = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
    std::string name = fmt::format("/proc/self/fd/{}", env->private_fd_);
    if (env->private_fd_ < 0) {
        if (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT)
            throw_errno("making a database in " + directory, errno);
        env->private_name_ = fmt::format("{}.new-{}", path, ::getpid());
        name = env->private_name_;
        env->private_fd_ = ::open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0666);
        if (env->private_fd_ < 0) throw_errno("making " + path, errno);
    }
    env->open_map(name.c_str(), MDB_NOLOCK | MDB_NOSYNC);
    return env;
}

Environment::~Environment() {
    if (env_ != nullptr) mdb_env_close(env_);
    if (private_fd_ >= 0) ::close(private_fd_);
    if (!private_name_.empty()) ::unlink(private_name_.c_str());
}

int Environment::descriptor() const {
    int fd = -1;
    mdb_env_get_fd(env_, &fd);
    return fd;
}

void Environment::start_writeback() const {
    ::sync_file_range(descriptor(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

void Environment::publish() {
    if (const int rc = mdb_env_sync(env_, 1); rc != 0) throw_lmdb(rc, "writing " + path_);
    mdb_env_close(std::exchange(env_, nullptr));
    int rc = 0;
    if (private_name_.empty()) {
        const std::string name = fmt::format("/proc/self/fd/{}", private_fd_);
        rc = ::linkat(AT_FDCWD, name.c_str(), AT_FDCWD, path_.c_str(), AT_SYMLINK_FOLLOW);
    } else {
        rc = ::link(private_name_.c_str(), path_.c_str());
    }
    if (rc != 0) {
        if (struct stat there {}; errno == EEXIST && ::stat(path_.c_str(), &there) != 0)
            throw Error(ErrorKind::usage, "'" + path_ + "' is a link to a file that is not there",
                        "remove the link, or name the file that it leads to");
        if (errno == EEXIST)
            throw Error(ErrorKind::exists, "another process made '" + path_ + "' meanwhile",
                        "run the command again to add to it");
        throw_errno("naming " + path_, errno);
    }
    if (!private_name_.empty()) ::unlink(std::exchange(private_name_, {}).c_str());
    finish_publishing();
}

void Environment::publish_over() {
    if (const int rc = mdb_env_sync(env_, 1); rc != 0) throw_lmdb(rc, "writing " + path_);
    mdb_env_close(std::exchange(env_, nullptr));
    if (private_name_.empty()) {
        const std::string name = fmt::format("/proc/self/fd/{}", private_fd_);
        private_name_ = fmt::format("{}.new-{}", path_, ::getpid());
        ::unlink(private_name_.c_str());
        if (::linkat(AT_FDCWD, name.c_str(), AT_FDCWD, private_name_.c_str(), AT_SYMLINK_FOLLOW) != 0)
            throw_errno("naming " + private_name_, errno);
    }
    struct stat st {};
    if (::stat(path_.c_str(), &st) == 0) ::fchmod(private_fd_, st.st_mode & 07777);
    if (::rename(private_name_.c_str(), path_.c_str()) != 0) throw_errno("naming " + path_, errno);
    private_name_.clear();
    finish_publishing();
}

void Environment::finish_publishing() {
    const Descriptor directory(::open(directory_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.fd >= 0) ::fsync(directory.fd);
    ::close(std::exchange(private_fd_, -1));
    unpublished_ = false;
    const std::lock_guard guard(registry().mutex);
    open_map(path_.c_str(), 0);
    struct stat st {};
    if (::fstat(this->descriptor(), &st) == 0)
        registry().open[FileId{st.st_dev, st.st_ino}] = weak_from_this();
}

std::shared_ptr<const Dictionary> Environment::dictionary(std::uint32_t edition) const {
    const std::lock_guard guard(dictionary_mutex_);
    return dictionary_edition_ == edition ? dictionary_ : nullptr;
}

void Environment::keep(std::shared_ptr<const Dictionary> dictionary, std::uint32_t edition) const {
    const std::lock_guard guard(dictionary_mutex_);
    dictionary_ = std::move(dictionary);
    dictionary_edition_ = edition;
}

Environment::WriteLock::WriteLock(WriteLock&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), threads_(std::move(other.threads_)) {}
Environment::WriteLock& Environment::WriteLock::operator=(WriteLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    std::swap(threads_, other.threads_);
    return *this;
}
Environment::WriteLock::~WriteLock() {
    if (fd_ >= 0) ::close(fd_);  // releases the flock
}

Environment::WriteLock Environment::lock(std::chrono::milliseconds wait,
                                         const std::function<void(const std::string&)>& on_wait) {
    const auto deadline = std::chrono::steady_clock::now() + wait;
    WriteLock lock;
    lock.threads_ = std::unique_lock(writers_, std::defer_lock);
    if (!lock.threads_.try_lock_until(deadline))
        throw Error(ErrorKind::busy, "another thread of this process is writing");
    if (unpublished_) return lock;
    lock.fd_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    if (lock.fd_ < 0) throw_errno("opening " + path_, errno);
    bool told = false;
    std::chrono::milliseconds pause{1};
    // Writers queue at a turnstile: without it one that writes in a loop would always be back at the
    // lock before one that polls.
    bool in_turn = false;
    for (;;) {
        if (!in_turn) in_turn = turnstile(lock.fd_, F_WRLCK);
        if (in_turn && ::flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) break;
        if (in_turn && errno != EWOULDBLOCK && errno != EINTR) throw_errno("locking " + path_, errno);
        struct stat st {};
        ::fstat(lock.fd_, &st);
        const auto left = deadline - std::chrono::steady_clock::now();
        if (left <= std::chrono::milliseconds(0))
            throw Error(ErrorKind::busy, "'" + path_ + "' is being written by " + holder_of(st),
                        "wait for it, or longer with --wait SECONDS");
        if (!told && wait - left > std::chrono::milliseconds(300)) {
            told = true;
            if (on_wait) on_wait(holder_of(st));
        }
        std::this_thread::sleep_for(pause);
        if (pause < std::chrono::milliseconds(4)) pause *= 2;
    }
    turnstile(lock.fd_, F_UNLCK);
    struct stat held {}, named {};
    if (::fstat(lock.fd_, &held) != 0 || ::fstat(descriptor(), &named) != 0 ||
        held.st_ino != named.st_ino || held.st_dev != named.st_dev || held.st_nlink == 0)
        throw Error(ErrorKind::busy, "'" + path_ + "' was replaced meanwhile", "run the command again");
    return lock;
}

}  // namespace entente::storage
