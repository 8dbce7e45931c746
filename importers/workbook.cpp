// SPDX-License-Identifier: MIT
#include "importers/workbook.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <new>
#include <system_error>
#include <utility>

#include "core/model/date.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kMostTexts = std::size_t{512} << 20U;
constexpr std::uint64_t kLargestFile = std::uint64_t{4} << 30U;
constexpr std::uint64_t kMostAmplified = 256;
constexpr std::uint64_t kAmplifiedFrom = std::uint64_t{64} << 20U;

std::string text_of(const char* text) {
    return text != nullptr ? text : "";
}

/// The part that a reference in another one means: `../styles.xml` in `xl/workbook.xml`.
std::string part_named(const std::string& from, std::string target) {
    if (target.starts_with('/')) return target.substr(1);
    std::string base = from.substr(0, from.rfind('/') + 1);
    while (target.starts_with("../") || target.starts_with("./")) {
        const bool up = target.starts_with("../");
        target.erase(0, up ? 3 : 2);
        if (!up || base.empty()) continue;
        base.pop_back();
        base.resize(base.rfind('/') + 1);
    }
    return base + target;
}

void append_two(std::string& out, std::int64_t n) {
    out += static_cast<char>('0' + n / 10);
    out += static_cast<char>('0' + n % 10);
}

}  // namespace

/// The members of the archive, each read when it is asked for.
class Workbook::Parts {
public:
    Parts(Input& input, std::string_view head, const Reading& reading) : reading_(reading), file_(std::tmpfile(), &std::fclose) {
        if (!file_) fail_io();
        std::vector<char> buffer(std::size_t{1} << 18U);
        write(head);
        while (true) {
            const std::size_t got = input.read(buffer.data(), buffer.size());
            write({buffer.data(), got});
            if (got < buffer.size()) break;
            if (size_ > kLargestFile) throw Error(ErrorKind::import, Place{reading_.name, 0, 0}, "a workbook of more than 4 GiB");
            if (reading_.progress) reading_.progress();
        }
        if (std::fflush(file_.get()) != 0) fail_io();
    }

    /// Reads a part as XML; false: there is none of that name.
    bool read(const std::string& part, XmlEvents& events) const {
        if (::lseek(::fileno(file_.get()), 0, SEEK_SET) < 0) fail_io();
        const std::unique_ptr<struct archive, int (*)(struct archive*)> packed(archive_read_new(), &archive_read_free);
        if (!packed) throw std::bad_alloc();
        archive_read_support_format_zip_seekable(packed.get());
        if (archive_read_open_fd(packed.get(), ::fileno(file_.get()), std::size_t{1} << 17U) != ARCHIVE_OK) damaged(packed.get());
        struct archive_entry* entry = nullptr;
        while (true) {
            const int result = archive_read_next_header(packed.get(), &entry);
            if (result == ARCHIVE_EOF) return false;
            if (result != ARCHIVE_OK && result != ARCHIVE_WARN) damaged(packed.get());
            if (text_of(archive_entry_pathname(entry)) == part) break;
        }
        std::uint64_t unpacked = 0;
        const XmlSource pull = [&](char* to, std::size_t size) {
            std::size_t got = 0;
            while (got < size) {
                const la_ssize_t n = archive_read_data(packed.get(), to + got, size - got);
                if (n < 0) damaged(packed.get());
                if (n == 0) break;
                got += static_cast<std::size_t>(n);
            }
            unpacked += got;
            if (unpacked > kAmplifiedFrom && unpacked > kMostAmplified * size_) {
                throw Error(ErrorKind::import, Place{reading_.name, 0, 0},
                            "its part " + part + " unpacks to far more than the file holds, expected a workbook");
            }
            return got;
        };
        Reading here = reading_;
        here.name = reading_.name + "/" + part;
        read_xml(pull, {}, here, events);
        return true;
    }

private:
    void write(std::string_view bytes) {
        if (!bytes.empty() && std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) fail_io();
        size_ += bytes.size();
    }
    [[noreturn]] void fail_io() const {
        throw Error(ErrorKind::io, reading_.name + ": the workbook cannot be copied to a temporary file: " +
                                       std::generic_category().message(errno));
    }
    [[noreturn]] void damaged(struct archive* packed) const {
        const char* why = archive_error_string(packed);
        throw Error(ErrorKind::import, Place{reading_.name, 0, 0},
                    std::string("the workbook is damaged or cut short") + (why != nullptr ? std::string(": ") + why : ""),
                    "fetch the file again, or save it again");
    }

    const Reading& reading_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
    std::uint64_t size_ = 0;
};

namespace {

/// `Target` of each relationship by its id, and by the last part of its type.
class Targets final : public XmlEvents {
public:
    explicit Targets(std::string from) : from_(std::move(from)) {}
    void start(std::string_view name, const char* const* attributes, const XmlPlace&) override {
        if (name != "Relationship") return;
        const std::string type = text_of(attribute(attributes, "Type"));
        const std::string part = part_named(from_, text_of(attribute(attributes, "Target")));
        by_id[text_of(attribute(attributes, "Id"))] = part;
        by_type.emplace(type.substr(type.rfind('/') + 1), part);
    }
    void end(std::string_view, const XmlPlace&) override {}
    void text(std::string_view, const XmlPlace&) override {}

    std::map<std::string, std::string> by_id, by_type;

private:
    std::string from_;
};

class Contents final : public XmlEvents {
public:
    struct Named {
        std::string name, id;
        bool hidden;
    };
    void start(std::string_view name, const char* const* attributes, const XmlPlace&) override {
        if (name == "workbookPr") {
            const std::string said = text_of(attribute(attributes, "date1904"));
            from_1904 = said == "1" || said == "true";
        } else if (name == "sheet") {
            std::string id;
            for (const char* const* a = attributes; *a != nullptr; a += 2) {
                const std::string_view key = a[0];
                if (key.substr(key.rfind(':') + 1) == "id") id = a[1];
            }
            const std::string state = text_of(attribute(attributes, "state"));
            sheets.push_back({text_of(attribute(attributes, "name")), id, state == "hidden" || state == "veryHidden"});
        }
    }
    void end(std::string_view, const XmlPlace&) override {}
    void text(std::string_view, const XmlPlace&) override {}

    std::vector<Named> sheets;
    bool from_1904 = false;
};

class Styles final : public XmlEvents {
public:
    void start(std::string_view name, const char* const* attributes, const XmlPlace&) override {
        if (name == "numFmt") {
            formats_[text_of(attribute(attributes, "numFmtId"))] = form_of(text_of(attribute(attributes, "formatCode")));
        } else if (name == "cellXfs") {
            inside_ = true;
        } else if (inside_ && name == "xf") {
            forms.push_back(form(text_of(attribute(attributes, "numFmtId"))));
        }
    }
    void end(std::string_view name, const XmlPlace&) override {
        if (name == "cellXfs") inside_ = false;
    }
    void text(std::string_view, const XmlPlace&) override {}

    std::vector<Workbook::Form> forms;

private:
    [[nodiscard]] Workbook::Form form(const std::string& id) const {
        if (const auto found = formats_.find(id); found != formats_.end()) return found->second;
        int n = 0;
        std::from_chars(id.data(), id.data() + id.size(), n);
        // numbers that have the same meaning in every workbook
        if ((n >= 14 && n <= 17) || n == 22 || (n >= 27 && n <= 31) || n == 36 || (n >= 50 && n <= 54) || n == 57 || n == 58)
            return Workbook::Form::date;
        if ((n >= 18 && n <= 21) || (n >= 32 && n <= 35) || n == 45 || n == 47 || n == 55 || n == 56) return Workbook::Form::time;
        return Workbook::Form::number;
    }

    std::map<std::string, Workbook::Form> formats_;
    bool inside_ = false;
};

class Texts final : public XmlEvents {
public:
    explicit Texts(std::vector<std::string>& out) : out_(out) {}
    void start(std::string_view name, const char* const*, const XmlPlace&) override {
        if (name == "si")
            out_.emplace_back();
        else if (name == "rPh")
            ++aside_;  // how it is pronounced
        else if (name == "t")
            inside_ = aside_ == 0 && !out_.empty();
    }
    void end(std::string_view name, const XmlPlace&) override {
        if (name == "t")
            inside_ = false;
        else if (name == "rPh")
            --aside_;
    }
    void text(std::string_view piece, const XmlPlace& at) override {
        if (!inside_) return;
        bytes_ += piece.size();
        if (bytes_ > kMostTexts)
            throw Error(ErrorKind::import, at.place(), "a workbook with more than 512 MiB of text",
                        "save its sheets as CSV files");
        out_.back() += piece;
    }

private:
    std::vector<std::string>& out_;
    std::size_t bytes_ = 0;
    int aside_ = 0;
    bool inside_ = false;
};

}  // namespace

Workbook::Workbook(Input& input, std::string_view head, const Reading& reading)
    : reading_(reading), parts_(std::make_unique<Parts>(input, head, reading)) {
    read_contents();
}
Workbook::~Workbook() = default;

void Workbook::read_contents() {
    Targets root("");
    parts_->read("_rels/.rels", root);
    const auto main = root.by_type.find("officeDocument");
    const std::string workbook = main != root.by_type.end() ? main->second : "xl/workbook.xml";
    Contents contents;
    if (!parts_->read(workbook, contents)) {
        throw Error(ErrorKind::import, Place{reading_.name, 0, 0}, "no workbook in this archive, expected an .xlsx file");
    }
    from_1904_ = contents.from_1904;
    const std::size_t slash = workbook.rfind('/') + 1;
    Targets parts(workbook);
    parts_->read(workbook.substr(0, slash) + "_rels/" + workbook.substr(slash) + ".rels", parts);
    for (const Contents::Named& sheet : contents.sheets) {
        const auto part = parts.by_id.find(sheet.id);
        // drawings and macros are sheets too, without cells
        if (part == parts.by_id.end() || part->second.find("worksheet") == std::string::npos) continue;
        sheets_.push_back({sheet.name, part->second, sheet.hidden});
    }
    if (const auto part = parts.by_type.find("styles"); part != parts.by_type.end()) {
        Styles styles;
        parts_->read(part->second, styles);
        forms_ = std::move(styles.forms);
    }
    if (const auto part = parts.by_type.find("sharedStrings"); part != parts.by_type.end()) {
        Texts texts(texts_);
        parts_->read(part->second, texts);
    }
}

void Workbook::read(const Sheet& sheet, XmlEvents& events) const {
    if (!parts_->read(sheet.part, events)) {
        throw Error(ErrorKind::import, Place{reading_.name, 0, 0},
                    "the sheet '" + sheet.name + "' is not in the file, expected its part " + sheet.part);
    }
}

std::string Workbook::told(std::string_view number, Form form) const {
    double value = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value)) return std::string(number);
    constexpr double kLast = 2958466;  // the year 10000
    if (form != Form::number && value >= 0 && value < kLast) {
        auto day = static_cast<std::int64_t>(value);
        std::int64_t seconds = std::llround((value - static_cast<double>(day)) * 86400);
        if (seconds == 86400) {
            ++day;
            seconds = 0;
        }
        std::string out;
        // day 60 was to be 29 February 1900, which there was not
        const bool clock = day == 0 && !from_1904_ && form == Form::time;
        const bool none = !from_1904_ && (day == 0 || day == 60);
        if (!none || clock) {
            if (!clock) {
                const Day first = from_1904_ ? days_from_civil(1904, 1, 1) : days_from_civil(1899, 12, day < 60 ? 31 : 30);
                out = Date::day(first + static_cast<Day>(day)).text();
            }
            if (clock || seconds != 0) {
                if (!clock) out += 'T';
                append_two(out, seconds / 3600);
                out += ':';
                append_two(out, seconds / 60 % 60);
                if (seconds % 60 != 0) {
                    out += ':';
                    append_two(out, seconds % 60);
                }
            }
            return out;
        }
    }
    // the shortest digits that mean the same: programs write 5.1 as 5.0999999999999996
    char digits[64];
    const double size = std::fabs(value);
    const bool plain = size == 0 || (size >= 1e-5 && size < 1e17);
    const auto written = plain ? std::to_chars(std::begin(digits), std::end(digits), value, std::chars_format::fixed)
                               : std::to_chars(std::begin(digits), std::end(digits), value);
    return {digits, written.ptr};
}

bool looks_workbook(std::string_view head) {
    if (!head.starts_with("PK\x03\x04") || head.size() < 30) return false;
    const auto length = static_cast<std::size_t>(static_cast<unsigned char>(head[26])) +
                        256 * static_cast<std::size_t>(static_cast<unsigned char>(head[27]));
    const std::string_view first = head.substr(30, length);
    return first == "[Content_Types].xml" || first.starts_with("_rels/.rels") || first.starts_with("docProps/") ||
           first.starts_with("xl/");
}

Workbook::Form form_of(std::string_view format) {
    bool date = false;
    bool time = false;
    bool month = false;
    for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
        const char c = static_cast<char>(format[i] | 0x20);
        if (format[i] == '"' || format[i] == '[') {
            // words, colours, currencies
            const std::size_t end = format.find(format[i] == '"' ? '"' : ']', i + 1);
            if (end == std::string_view::npos) break;
            const std::string_view inside = format.substr(i + 1, end - i - 1);
            // hours beyond a day are a length, not a time
            if (format[i] == '[' && !inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
                return Workbook::Form::number;
            i = end;
        } else if (format[i] == '\\' || format[i] == '_' || format[i] == '*') {
            ++i;
        } else if (c == 'y' || c == 'd') {
            date = true;
        } else if (c == 'h' || c == 's') {
            time = true;
        } else if (c == 'm') {
            month = true;
        }
    }
    if (date || (month && !time)) return Workbook::Form::date;
    return time ? Workbook::Form::time : Workbook::Form::number;
}

}  // namespace entente::importers
