// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "importers/xml.hpp"

namespace entente::importers {

/// A workbook (Office Open XML, `.xlsx`): a zip archive whose members are XML. It is copied to a temporary file
/// without a name, as its parts refer to each other in no order; the texts that sheets share are kept in memory, 512 MiB
/// of them at most. A part that unpacks to more than 256 times the whole file is refused.
class Workbook {
public:
    struct Sheet {
        std::string name;
        std::string part;  ///< `xl/worksheets/sheet1.xml`
        bool hidden = false;
    };
    /// What a number stands for by the format of its cell.
    enum class Form : std::uint8_t { number, date, time };

    /// Throws Error{import} when it is no workbook, or a part of it no XML. `reading` outlives it.
    Workbook(Input& input, std::string_view head, const Reading& reading);
    ~Workbook();
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    [[nodiscard]] const std::vector<Sheet>& sheets() const { return sheets_; }
    /// The XML of a sheet, as events.
    void read(const Sheet& sheet, XmlEvents& events) const;
    /// A shared text, or nullptr.
    [[nodiscard]] const std::string* text(std::size_t number) const { return number < texts_.size() ? &texts_[number] : nullptr; }
    [[nodiscard]] Form form(std::size_t style) const { return style < forms_.size() ? forms_[style] : Form::number; }
    /// A number of a cell of that form as text: `2025-07-28`, `2025-07-28T14:30`, `14:30`, or the number itself.
    [[nodiscard]] std::string told(std::string_view number, Form form) const;

private:
    class Parts;
    void read_contents();

    const Reading& reading_;
    std::unique_ptr<Parts> parts_;
    std::vector<Sheet> sheets_;
    std::vector<std::string> texts_;
    std::vector<Form> forms_;
    bool from_1904_ = false;
};

/// Is the start of a zip archive that of a workbook?
bool looks_workbook(std::string_view head);

/// What a number format says that a number is: `dd/mm/yyyy` a date, `h:mm` a time.
Workbook::Form form_of(std::string_view format);

}  // namespace entente::importers
