// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string_view>

#include "importers/reading.hpp"

namespace entente::importers {

class XmlPlace;

/// What happens in an XML text, in its order. Names come without their prefix (`y:NodeLabel` as
/// `NodeLabel`); texts and attributes are valid during the call.
class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    /// `attributes`: name, value, name, value ..., nullptr; their names keep their prefix.
    virtual void start(std::string_view name, const char* const* attributes, const XmlPlace& at) = 0;
    virtual void end(std::string_view name, const XmlPlace& at) = 0;
    /// A piece of text between tags; one text may come in many pieces.
    virtual void text(std::string_view piece, const XmlPlace& at) = 0;
    /// Does the text up to the next tag matter? If not, it need not come: most of it is blanks between tags.
    [[nodiscard]] virtual bool wants_text() const { return true; }
};

/// Where the event stands in the text; working it out takes time, so it is done only when asked for.
class XmlPlace {
public:
    XmlPlace(void* parser, const std::string& name) : parser_(parser), name_(name) {}
    [[nodiscard]] Place place() const;
    [[nodiscard]] std::uint64_t line() const;
    [[nodiscard]] std::uint64_t column() const;  ///< cheap after line()

private:
    void* parser_;
    const std::string& name_;
};

/// Reads an XML text with expat, in pieces. Nothing else is ever read: a reference to an external entity is
/// an error, an external DTD is passed over. Entities of the text's own may make at most sixteen times of
/// it, elements stand in each other at most 256 deep, a tag or a text is at most 64 MiB long. Throws
/// Error{import} placed where the text is not well-formed, and whatever the events throw.
void read_xml(Input& input, std::string_view head, const Reading& reading, XmlEvents& events);

/// Fills up to so many bytes; fewer only at the end.
using XmlSource = std::function<std::size_t(char* to, std::size_t size)>;
void read_xml(const XmlSource& source, std::string_view head, const Reading& reading, XmlEvents& events);

/// The value of an attribute, or nullptr.
const char* attribute(const char* const* attributes, std::string_view name);

/// Name of the root element in the first bytes of a text, without prefix; empty when it is no XML.
std::string_view xml_root(std::string_view head);

}  // namespace entente::importers
