// SPDX-License-Identifier: MIT
#include <archive.h>
#include <archive_entry.h>

#include <catch2/catch.hpp>

#include "support.hpp"

using namespace entente::importers;

namespace {

void pack(const std::string& path, const char* filter,
          const std::vector<std::pair<std::string, std::string>>& members) {
    struct archive* a = archive_write_new();
    const bool zip = std::string(filter) == "zip";
    if (zip) archive_write_set_format_zip(a);
    else archive_write_set_format_raw(a);
    if (!zip) REQUIRE(archive_write_add_filter_by_name(a, filter) == ARCHIVE_OK);
    REQUIRE(archive_write_open_filename(a, path.c_str()) == ARCHIVE_OK);
    for (const auto& [name, text] : members) {
        struct archive_entry* e = archive_entry_new();
        archive_entry_set_pathname(e, name.c_str());
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_entry_set_size(e, static_cast<la_int64_t>(text.size()));
        REQUIRE(archive_write_header(a, e) == ARCHIVE_OK);
        REQUIRE(archive_write_data(a, text.data(), text.size()) == static_cast<la_ssize_t>(text.size()));
        archive_entry_free(e);
    }
    REQUIRE(archive_write_close(a) == ARCHIVE_OK);
    archive_write_free(a);
}

std::string texts_of(const std::string& path) {
    const auto input = Input::open(path);
    std::string out;
    while (input->next()) {
        out += input->text_name().substr(path.size()) + "<";
        char part[7];
        for (std::size_t n = 0; (n = input->read(part, sizeof part)) != 0;) out.append(part, n);
        out += ">";
    }
    const FileHash hash = hash_file(path);
    CHECK(input->finish_hash() == hash.hash);
    CHECK(input->raw_bytes() == hash.bytes);
    CHECK(hash.hash.size() == 32);
    return out;
}

}  // namespace

TEST_CASE("plain, gzip, zstd and zip hold the same text") {
    const TemporaryDirectory here;
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "row " + std::to_string(i) + "\n";
    CHECK((texts_of(here.write("plain", text)) == "<" + text + ">"));
    for (const char* filter : {"gzip", "zstd"}) {
        pack(here.file(filter), filter, {{"x", text}});
        CHECK((texts_of(here.file(filter)) == "<" + text + ">"));
    }
    std::ifstream one(here.file("gzip"), std::ios::binary);
    const std::string member((std::istreambuf_iterator<char>(one)), {});
    CHECK((texts_of(here.write("two", member + member)) == "<" + text + text + ">"));
    pack(here.file("z"), "zip", {{"a.csv", text}, {"__MACOSX/._a.csv", "?"}, {"d/b.csv", "two"}});
    CHECK((texts_of(here.file("z")) == "(a.csv)<" + text + ">(d/b.csv)<two>"));
}

TEST_CASE("empty and missing files, directories") {
    const TemporaryDirectory here;
    CHECK(texts_of(here.write("empty", "")) == "<>");
    CHECK(texts_of(here.write("short", "a,b\n")) == "<a,b\n>");
    CHECK_THROWS_AS(Input::open(here.file("nothing")), entente::Error);
    CHECK_THROWS_AS(Input::open(here.path()), entente::Error);
    pack(here.file("none.zip"), "zip", {});
    CHECK_THROWS_WITH(texts_of(here.file("none.zip")), Catch::Contains("the archive is empty"));
}

TEST_CASE("a damaged compressed file is an error, not half a text") {
    const TemporaryDirectory here;
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "row " + std::to_string(i * 7919 % 10007) + "\n";
    for (const char* filter : {"gzip", "zstd", "zip"}) {
        pack(here.file(filter), filter, {{"x", text}});
        std::ifstream whole(here.file(filter), std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(whole)), {});
        CHECK_THROWS_AS(texts_of(here.write("cut", bytes.substr(0, bytes.size() / 2))), entente::Error);
        if (std::string(filter) == "zstd") continue;  // written without a checksum here
        bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
        try {
            const std::string out = texts_of(here.write("flipped", bytes));
            CHECK((out == "<" + text + ">" || out == "/x<" + text + ">"));
        } catch (const entente::Error& e) {
            CHECK(e.kind() == entente::ErrorKind::import);
        }
    }
}
