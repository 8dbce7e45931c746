// SPDX-License-Identifier: MIT
#include "core/storage/page_walk.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "core/storage/bits.hpp"
#include "core/storage/layout.hpp"

namespace entente::storage {
namespace {

// LMDB's format, as far as it is used here (no named tables, no duplicates, 64-bit little-endian):
//   page:  number u64, pad u16, flags u16, then lower u16 + upper u16, or pages u32 of an overflow run
//   node:  low u16, high u16, flags u16, key size u16, key, value; offsets of nodes follow the header
//   table: pad u32, flags u16, depth u16, branch, leaf and overflow pages, entries, root, each u64
//   meta:  magic u32, version u32, address u64, map size u64, free table, main table, last page u64,
//          transaction u64
constexpr std::size_t kHeader = 16;
constexpr std::size_t kNodeHeader = 8;
constexpr std::uint16_t kBranch = 1, kLeaf = 2, kOverflow = 4, kMeta = 8;
constexpr std::uint16_t kBigData = 1;
constexpr std::uint16_t kIntegerKey = 0x08, kNoSubdir = 0x4000;
constexpr std::uint64_t kNoRoot = ~0ull;
constexpr std::size_t kLargestKey = 511;
constexpr unsigned kDeepest = 32;
constexpr std::uint64_t kMostPages = 1ull << 36;

using Page = std::array<std::uint8_t, kPageBytes>;

struct TableRoot {
    std::uint16_t flags = 0, depth = 0;
    std::uint64_t branches = 0, leaves = 0, overflows = 0, entries = 0, root = 0;
    explicit TableRoot(const std::uint8_t* p)
        : flags(load16(p + 4)),
          depth(load16(p + 6)),
          branches(load64(p + 8)),
          leaves(load64(p + 16)),
          overflows(load64(p + 24)),
          entries(load64(p + 32)),
          root(load64(p + 40)) {}
};

struct Meta {
    TableRoot free, main;
    std::uint64_t last_page, transaction;
    explicit Meta(const std::uint8_t* p)
        : free(p + 24), main(p + 72), last_page(load64(p + 120)), transaction(load64(p + 128)) {}
};

/// What is wrong, on its way out of the walk.
struct Broken {
    std::string what;
};

template <class... Args>
[[noreturn]] void broken(fmt::format_string<Args...> text, Args&&... args) {
    throw Broken{fmt::format(text, std::forward<Args>(args)...)};
}

/// A node of a copied page, within its bounds.
struct Node {
    std::string_view key;
    std::uint32_t size = 0;        ///< of the value
    std::uint16_t flags = 0;
    const std::uint8_t* value = nullptr;
    std::uint64_t child = 0;       ///< of a branch
};

/// The file, mapped for reading only and never read past its length.
class File {
public:
    explicit File(const std::string& path) {
        fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd_ < 0) broken("it cannot be opened ({})", std::strerror(errno));
        struct stat st {};
        if (::fstat(fd_, &st) != 0 || !S_ISREG(st.st_mode)) broken("it is not an ordinary file");
        bytes_ = static_cast<std::uint64_t>(st.st_size);
        if (bytes_ < 2 * kPageBytes) broken("it is cut off within its first two pages");
        void* map = ::mmap(nullptr, bytes_, PROT_READ,
                           MAP_SHARED | (bytes_ <= (1u << 21) ? MAP_POPULATE : 0), fd_, 0);
        if (map == MAP_FAILED) broken("it cannot be mapped ({})", std::strerror(errno));
        data_ = static_cast<const std::uint8_t*>(map);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (data_ != nullptr) ::munmap(const_cast<std::uint8_t*>(data_), bytes_);
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
    [[nodiscard]] std::uint64_t whole_pages() const { return bytes_ / kPageBytes; }
    [[nodiscard]] const std::uint8_t* page(std::uint64_t number) const {
        return data_ + number * kPageBytes;
    }
    [[nodiscard]] bool unchanged_length() const {
        struct stat st {};
        return ::fstat(fd_, &st) == 0 && static_cast<std::uint64_t>(st.st_size) >= bytes_;
    }

private:
    int fd_ = -1;
    std::uint64_t bytes_ = 0;
    const std::uint8_t* data_ = nullptr;
};

class Walker {
public:
    using Visit = std::function<void(std::string_view, std::string_view)>;

    Walker(const File& file, const Meta& meta)
        : file_(file),
          last_page_(meta.last_page),
          present_(std::min(meta.last_page + 1, file.whole_pages())),
          seen_(present_, 0) {
        seen_[0] = seen_[1] = 1;
    }

    /// Visits one table and compares what is there with what its root record says.
    void table(const TableRoot& root, bool integer_keys, const char* name, const Visit* visit) {
        name_ = name;
        integer_keys_ = integer_keys;
        visit_ = visit;
        found_ = Found{};
        if (root.root == kNoRoot) {
            if (root.depth != 0) broken("{} is empty and has a depth", name_);
        } else {
            if (root.depth == 0 || root.depth > kDeepest) broken("{} has an impossible depth", name_);
            depth_ = root.depth;
            while (levels_.size() < depth_) levels_.emplace_back();
            descend(root.root, 0, {}, nullptr);
        }
        if (found_.branches != root.branches || found_.leaves != root.leaves ||
            found_.overflows != root.overflows || found_.entries != root.entries)
            broken("{} counts {} branch, {} leaf and {} overflow pages and {} entries where there are "
                   "{}, {}, {} and {}",
                   name_, root.branches, root.leaves, root.overflows, root.entries, found_.branches,
                   found_.leaves, found_.overflows, found_.entries);
    }

    void free_pages(std::string_view value) {
        if (value.size() < 8 || value.size() % 8 != 0) broken("a list of free pages has a broken length");
        const auto* p = reinterpret_cast<const std::uint8_t*>(value.data());
        const std::uint64_t count = load64(p);
        if (count > value.size() / 8 - 1) broken("a list of free pages is longer than its bytes");
        std::uint64_t above = kNoRoot;
        for (std::uint64_t i = 1; i <= count; ++i) {
            const std::uint64_t page = load64(p + 8 * i);
            if (page >= above) broken("a list of free pages is out of order");
            above = page;
            if (page < 2 || page > last_page_) broken("free page {} lies outside of the file", page);
            if (page < present_)
                claim(page);
            else
                beyond_.push_back(page);
        }
    }

    /// Every page once: those within the file by their marks, those past its end by being free.
    void finish() {
        const auto lost = std::find(seen_.begin(), seen_.end(), std::uint8_t{0});
        if (lost != seen_.end())
            broken("page {} is neither used nor free", static_cast<std::uint64_t>(lost - seen_.begin()));
        std::sort(beyond_.begin(), beyond_.end());
        if (std::adjacent_find(beyond_.begin(), beyond_.end()) != beyond_.end())
            broken("a page is free twice");
        if (beyond_.size() != last_page_ + 1 - present_)
            broken("it is cut off: page {} of {} is missing", present_, last_page_ + 1);
    }

private:
    struct Found {
        std::uint64_t branches = 0, leaves = 0, overflows = 0, entries = 0;
    };

    void claim(std::uint64_t page) {
        if (page < 2 || page >= present_) broken("page {} of {} lies outside of the file", page, name_);
        if (seen_[page] != 0) broken("page {} is used twice", page);
        seen_[page] = 1;
    }

    [[nodiscard]] int compare(std::string_view a, std::string_view b) const {
        if (!integer_keys_) return a.compare(b);
        const std::uint64_t x = load64(reinterpret_cast<const std::uint8_t*>(a.data()));
        const std::uint64_t y = load64(reinterpret_cast<const std::uint8_t*>(b.data()));
        return x < y ? -1 : x > y ? 1 : 0;
    }

    void check_key(std::string_view key, std::uint64_t page) const {
        if (key.empty() || key.size() > kLargestKey || (integer_keys_ && key.size() != 8))
            broken("page {} has a key of impossible length", page);
    }

    /// Keys of the page lie in [low, high), where there is a high.
    void descend(std::uint64_t number, unsigned level, std::string_view low, const std::string* high) {
        claim(number);
        // A copy, so that what was checked stays what is used, whoever writes to the file meanwhile.
        Page& page = *levels_[level].page;
        std::memcpy(page.data(), file_.page(number), kPageBytes);
        const bool leaf = level + 1 == depth_;
        if (load64(page.data()) != number) broken("page {} bears another number", number);
        if (load16(page.data() + 10) != (leaf ? kLeaf : kBranch))
            broken("page {} is of the wrong kind", number);
        const std::size_t nodes = read_nodes(page, number, leaf, levels_[level].nodes);
        if (leaf)
            visit_leaf(levels_[level].nodes, nodes, number, low, high);
        else
            visit_branch(levels_[level].nodes, nodes, number, level, low, high);
    }

    void visit_leaf(const std::vector<Node>& nodes, std::size_t count, std::uint64_t number,
                    std::string_view low, const std::string* high) {
        ++found_.leaves;
        found_.entries += count;
        for (std::size_t i = 0; i < count; ++i) {
            const Node& node = nodes[i];
            check_key(node.key, number);
            if (i > 0 && compare(nodes[i - 1].key, node.key) >= 0)
                broken("the keys of page {} are out of order", number);
            if (i == 0 && !low.empty() && compare(node.key, low) < 0)
                broken("the first key of page {} belongs before it", number);
            if (i + 1 == count && high != nullptr && compare(node.key, *high) >= 0)
                broken("the last key of page {} belongs after it", number);
            std::string_view value(reinterpret_cast<const char*>(node.value), node.size);
            if ((node.flags & kBigData) != 0) value = overflow(node, number);
            if (visit_ != nullptr && *visit_) (*visit_)(node.key, value);
        }
    }

    std::string_view overflow(const Node& node, std::uint64_t number) {
        const std::uint64_t first = load64(node.value);
        claim(first);
        std::array<std::uint8_t, kHeader> header{};
        std::memcpy(header.data(), file_.page(first), kHeader);
        const std::uint64_t pages = load32(header.data() + 12);
        const std::uint64_t needed = (kHeader + node.size + kPageBytes - 1) / kPageBytes;
        if (load64(header.data()) != first) broken("page {} bears another number", first);
        if (load16(header.data() + 10) != kOverflow) broken("page {} is of the wrong kind", first);
        if (pages < needed || pages > present_ - first)
            broken("the value on page {}, named by page {}, has an impossible length", first, number);
        for (std::uint64_t i = 1; i < pages; ++i) claim(first + i);
        found_.overflows += pages;
        if (visit_ == nullptr || !*visit_) return {};
        const std::uint8_t* from = file_.page(first) + kHeader;
        value_.assign(from, from + node.size);
        return {reinterpret_cast<const char*>(value_.data()), value_.size()};
    }

    void visit_branch(const std::vector<Node>& nodes, std::size_t count, std::uint64_t number,
                      unsigned level, std::string_view low, const std::string* high) {
        ++found_.branches;
        if (count < 2 && !integer_keys_) broken("branch page {} has one child", number);
        for (std::size_t i = 1; i < count; ++i) {
            check_key(nodes[i].key, number);
            if (i > 1 && compare(nodes[i - 1].key, nodes[i].key) >= 0)
                broken("the keys of page {} are out of order", number);
        }
        if (count > 1) {
            if (!low.empty() && compare(nodes[1].key, low) <= 0)
                broken("the first key of page {} belongs before it", number);
            if (high != nullptr && compare(nodes[count - 1].key, *high) >= 0)
                broken("the last key of page {} belongs after it", number);
        }
        std::string next;
        for (std::size_t i = 0; i < count; ++i) {
            // The first key of a branch stands for everything lower and is not looked at by LMDB.
            const std::string_view from = i == 0 ? low : nodes[i].key;
            if (i + 1 < count) next.assign(nodes[i + 1].key);
            descend(nodes[i].child, level + 1, from, i + 1 < count ? &next : high);
        }
    }

    /// Nodes of a page must lie inside of it and fill it from `upper` to its end without overlap.
    static std::size_t read_nodes(const Page& page, std::uint64_t number, bool leaf,
                                  std::vector<Node>& out) {
        const std::size_t lower = load16(page.data() + 12), upper = load16(page.data() + 14);
        if (lower < kHeader + 2 || lower % 2 != 0 || lower > upper || upper > kPageBytes)
            broken("page {} has impossible bounds", number);
        const std::size_t count = (lower - kHeader) / 2;
        if (out.size() < count) out.resize(count);
        std::array<std::uint32_t, kPageBytes / 2> spans;
        std::size_t total = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t at = load16(page.data() + kHeader + 2 * i);
            if (at < upper || at % 2 != 0 || at + kNodeHeader > kPageBytes)
                broken("page {} points outside of itself", number);
            const std::uint8_t* p = page.data() + at;
            Node& node = out[i];
            node.flags = load16(p + 4);
            const std::size_t key = load16(p + 6);
            std::size_t bytes = kNodeHeader + key;
            if (leaf) {
                if ((node.flags & ~kBigData) != 0) broken("page {} has an unknown kind of entry", number);
                node.size = load32(p);
                bytes += (node.flags & kBigData) != 0 ? 8 : std::size_t{node.size};
            } else {
                node.child = load32(p) | std::uint64_t{node.flags} << 32;
            }
            bytes += bytes % 2;
            if (bytes > kPageBytes - at) broken("an entry of page {} reaches over its end", number);
            node.key = {reinterpret_cast<const char*>(p) + kNodeHeader, key};
            node.value = p + kNodeHeader + key;
            spans[i] = static_cast<std::uint32_t>(at << 16 | bytes);
            total += bytes;
        }
        if (total != kPageBytes - upper) broken("the entries of page {} do not fill it", number);
        // Entries are often laid down from the end of the page: then reversing sorts them.
        const auto end = spans.begin() + static_cast<std::ptrdiff_t>(count);
        std::reverse(spans.begin(), end);
        if (!std::is_sorted(spans.begin(), end)) std::sort(spans.begin(), end);
        std::size_t expected = upper;
        for (std::size_t i = 0; i < count; ++i) {
            if (spans[i] >> 16 != expected) broken("the entries of page {} overlap", number);
            expected += spans[i] & 0xffff;
        }
        return count;
    }

    struct Level {
        std::unique_ptr<Page> page = std::make_unique<Page>();
        std::vector<Node> nodes;
    };

    const File& file_;
    std::uint64_t last_page_, present_;
    std::vector<std::uint8_t> seen_;
    std::vector<std::uint64_t> beyond_;
    std::vector<Level> levels_;
    std::vector<std::uint8_t> value_;
    Found found_;
    const char* name_ = "";
    const Visit* visit_ = nullptr;
    unsigned depth_ = 0;
    bool integer_keys_ = false;
};

Meta newest_meta(const File& file) {
    std::array<Page, 2> pages;
    std::memcpy(pages.data(), file.page(0), sizeof pages);
    if (std::string problem = meta_problem(pages[0].data()); !problem.empty()) throw Broken{problem};
    const Meta zero(pages[0].data() + kHeader), one(pages[1].data() + kHeader);
    return one.transaction > zero.transaction ? one : zero;
}

void walk(const std::string& path, const Walker::Visit& visit, PageWalk& out) {
    const File file(path);
    const Meta meta = newest_meta(file);
    out.transaction = meta.transaction;
    out.pages = meta.last_page + 1;
    out.entries = meta.main.entries;
    Walker walker(file, meta);
    walker.table(meta.main, false, "the main table", &visit);
    const Walker::Visit free = [&](std::string_view key, std::string_view value) {
        const std::uint64_t by = load64(reinterpret_cast<const std::uint8_t*>(key.data()));
        if (by == 0 || by > meta.transaction) broken("pages were freed by an unknown transaction");
        walker.free_pages(value);
    };
    walker.table(meta.free, true, "the list of free pages", &free);
    walker.finish();
    if (!file.unchanged_length()) broken("it was cut off while it was read");
}

}  // namespace

std::string meta_problem(const std::uint8_t* two_pages) {
    for (std::size_t i = 0; i < 2; ++i) {
        const std::uint8_t* page = two_pages + i * kPageBytes;
        const std::uint8_t* meta = page + kHeader;
        if (load32(meta) != 0xBEEFC0DEu || load32(meta + 4) != 1) return "a meta page has no LMDB mark";
        if (load64(page) != i || load16(page + 10) != kMeta) return "a meta page is out of place";
        if (load32(meta + 24) != kPageBytes) return "its page size is not 4096";
        const Meta m(meta);
        if ((m.free.flags & ~kNoSubdir) != kIntegerKey || m.main.flags != 0)
            return "a meta page has unknown flags";
        if (m.last_page < 1 || m.last_page > kMostPages) return "its last page has an impossible number";
        for (const TableRoot* t : {&m.free, &m.main})
            if (t->root == kNoRoot ? t->depth != 0
                                   : t->root < 2 || t->root > m.last_page || t->depth == 0 ||
                                         t->depth > kDeepest)
                return "a meta page names an impossible root";
        if (m.transaction > 1 && (m.transaction & 1) != i)
            return "a meta page has the number of the other";
    }
    const Meta zero(two_pages + kHeader), one(two_pages + kPageBytes + kHeader);
    const Meta& newer = one.transaction > zero.transaction ? one : zero;
    const Meta& older = one.transaction > zero.transaction ? zero : one;
    if (newer.transaction > 1 && newer.transaction - older.transaction != 1)
        return "its two meta pages do not follow each other";
    if (older.last_page > newer.last_page) return "its two meta pages contradict each other";
    return {};
}

PageWalk walk_pages(const std::string& path,
                    const std::function<void(std::string_view, std::string_view)>& visit) {
    PageWalk out;
    try {
        walk(path, visit, out);
    } catch (const Broken& e) {
        out.problem = e.what;
    }
    return out;
}

}  // namespace entente::storage
