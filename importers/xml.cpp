// SPDX-License-Identifier: MIT
#include "importers/xml.hpp"

// without it the header hides the limits on entities, which the library has
#define XML_DTD
#include <expat.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <new>

#include "importers/mend.hpp"

namespace entente::importers {
namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10U;
constexpr std::size_t kDeepest = 256;
constexpr float kMostAmplified = 16.0F;
constexpr unsigned long long kAmplifiedFrom = 1ULL << 20U;

std::string_view local(const char* name) {
    const char* const colon = std::strchr(name, ':');
    return colon != nullptr ? colon + 1 : name;
}

class Parser {
public:
    Parser(const XmlSource& source, const Reading& reading, XmlEvents& events)
        : source_(source), reading_(reading), events_(events), parser_(XML_ParserCreate(nullptr), &XML_ParserFree),
          at_(parser_.get(), reading.name) {
        XML_Parser p = parser_.get();
        if (p == nullptr) throw std::bad_alloc();
        XML_SetUserData(p, this);
        XML_SetElementHandler(
            p, [](void* self, const char* name, const char** attributes) { static_cast<Parser*>(self)->start(name, attributes); },
            [](void* self, const char* name) { static_cast<Parser*>(self)->end(name); });
        XML_SetParamEntityParsing(p, XML_PARAM_ENTITY_PARSING_NEVER);
        XML_SetExternalEntityRefHandler(p, [](XML_Parser parser, const char*, const char*, const char*, const char*) {
            static_cast<Parser*>(XML_GetUserData(parser))->guard([](Parser& me) {
                me.fail("a reference to another file, which is never read", "put what it stands for into the text");
            });
            return static_cast<int>(XML_STATUS_ERROR);
        });
        XML_SetSkippedEntityHandler(p, [](void* self, const char* name, int) {
            static_cast<Parser*>(self)->guard([&](Parser& me) {
                me.fail("the entity '" + std::string(name) + "' is not declared in the text", "put what it stands for into the text");
            });
        });
        XML_SetBillionLaughsAttackProtectionMaximumAmplification(p, kMostAmplified);
        XML_SetBillionLaughsAttackProtectionActivationThreshold(p, kAmplifiedFrom);
    }

    void read(std::string_view head) {
        head.remove_prefix(check_start(head, reading_.name));
        // a long tag is looked at again with every piece: pieces grow until it ends
        std::size_t size = kPiece;
        std::size_t waiting = 0;
        bool last = false;
        while (!last) {
            void* buffer = XML_GetBuffer(parser_.get(), static_cast<int>(std::max(size, head.size())));
            if (buffer == nullptr) throw std::bad_alloc();
            char* to = static_cast<char*>(buffer);
            std::size_t got = head.size();
            if (got != 0) {
                std::memcpy(to, head.data(), got);
                head = {};
            } else {
                got = source_(to, size);
                last = got < size;
            }
            happened_ = false;
            const auto status = XML_ParseBuffer(parser_.get(), static_cast<int>(got), last ? 1 : 0);
            if (error_) std::rethrow_exception(error_);
            if (status != XML_STATUS_OK) refuse();
            // what nobody listens to goes on nevertheless
            const auto reached = XML_GetCurrentByteIndex(parser_.get());
            if (depth_ != 0 && !listening_ && reached != reached_) happened_ = true;
            reached_ = reached;
            waiting = happened_ ? 0 : waiting + got;
            if (waiting > kLongestRecord) fail("a tag or a text of more than 64 MiB, expected it to end", "look for a quote that is not closed");
            size = happened_ ? kPiece : std::min(size * 2, kLongestRecord + kPiece - waiting);
            if (reading_.progress) reading_.progress();
        }
    }

private:
    /// No exception may pass through a library in C.
    template <class Do>
    void guard(const Do& act) noexcept {
        happened_ = true;
        if (error_) return;
        try {
            act(*this);
        } catch (...) {
            error_ = std::current_exception();
            XML_StopParser(parser_.get(), XML_FALSE);
        }
    }

    void start(const char* name, const char** attributes) noexcept {
        guard([&](Parser& me) {
            if (++me.depth_ > kDeepest) me.fail("elements inside elements deeper than " + std::to_string(kDeepest) + " levels", {});
            me.events_.start(local(name), attributes, me.at_);
            me.listen();
        });
    }
    void end(const char* name) noexcept {
        guard([&](Parser& me) {
            --me.depth_;
            me.events_.end(local(name), me.at_);
            me.listen();
        });
    }
    /// Hears of text from here on, or not.
    void listen() {
        const bool wanted = events_.wants_text();
        if (wanted == listening_) return;
        listening_ = wanted;
        XML_SetCharacterDataHandler(parser_.get(), wanted ? &Parser::hear : nullptr);
    }
    static void hear(void* self, const char* text, int size) {
        static_cast<Parser*>(self)->guard([&](Parser& me) { me.events_.text({text, static_cast<std::size_t>(size)}, me.at_); });
    }

    [[noreturn]] void fail(const std::string& what, const std::string& advice) const {
        throw Error(ErrorKind::import, at_.place(), what, advice.empty() ? kMendText : advice);
    }

    [[noreturn]] void refuse() const {
        switch (XML_GetErrorCode(parser_.get())) {
            case XML_ERROR_NO_ELEMENTS: fail("the text ends before it holds an element, expected XML", {});
            case XML_ERROR_UNKNOWN_ENCODING:
            case XML_ERROR_INCORRECT_ENCODING: fail("XML in an encoding that is not read, expected UTF-8", "convert it with iconv and mend its first line");
            case XML_ERROR_AMPLIFICATION_LIMIT_BREACH: fail("entities that make far more text than stands in the file", {});
            case XML_ERROR_INVALID_TOKEN: fail("this is no XML: a character or a byte that may not stand here", {});
            default: fail(std::string("this is no XML: ") + XML_ErrorString(XML_GetErrorCode(parser_.get())), {});
        }
    }

    const XmlSource& source_;
    const Reading& reading_;
    XmlEvents& events_;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, void (*)(XML_Parser)> parser_;
    XmlPlace at_;
    std::exception_ptr error_;
    std::size_t depth_ = 0;
    bool happened_ = false;
    bool listening_ = false;
    XML_Index reached_ = -1;  ///< where what the parser met last begins
};

}  // namespace

Place XmlPlace::place() const {
    auto* const parser = static_cast<XML_Parser>(parser_);
    return {name_, XML_GetCurrentLineNumber(parser), XML_GetCurrentColumnNumber(parser) + 1};
}

std::uint64_t XmlPlace::line() const { return XML_GetCurrentLineNumber(static_cast<XML_Parser>(parser_)); }

std::uint64_t XmlPlace::column() const { return XML_GetCurrentColumnNumber(static_cast<XML_Parser>(parser_)) + 1; }

void read_xml(const XmlSource& source, std::string_view head, const Reading& reading, XmlEvents& events) {
    Parser(source, reading, events).read(head);
}

void read_xml(Input& input, std::string_view head, const Reading& reading, XmlEvents& events) {
    read_xml([&input](char* to, std::size_t size) { return input.read(to, size); }, head, reading, events);
}

const char* attribute(const char* const* attributes, std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
        if (name == *attributes) return attributes[1];
    }
    return nullptr;
}

std::string_view xml_root(std::string_view head) {
    if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
    while (true) {
        const std::size_t at = head.find_first_not_of(" \t\r\n");
        if (at == std::string_view::npos || head[at] != '<') return {};
        head.remove_prefix(at + 1);
        std::string_view close = ">";
        if (head.starts_with("?")) close = "?>";
        else if (head.starts_with("!--")) close = "-->";
        else if (!head.starts_with("!")) break;
        // the declarations inside a document type end in `]>`
        std::size_t end = head.find(close);
        if (head.starts_with("!DOCTYPE") && head.substr(0, end).find('[') != std::string_view::npos) {
            close = "]";
            end = head.find(close);
            if (end != std::string_view::npos) end = head.find('>', end);
            close = ">";
        }
        if (end == std::string_view::npos) return {};
        head.remove_prefix(end + close.size());
    }
    std::string_view name = head.substr(0, head.find_first_of(" \t\r\n/>"));
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return name;
}

}  // namespace entente::importers
