// SPDX-License-Identifier: MIT
#include "cli/graphviz.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/exporters/output_file.hpp"

extern char** environ;  // NOLINT: POSIX names it

namespace entente::cli {

namespace {

constexpr std::array<std::pair<std::string_view, Picture>, 5> kSuffixes{{{".dot", Picture::dot},
                                                                         {".gv", Picture::dot},
                                                                         {".svg", Picture::svg},
                                                                         {".png", Picture::png},
                                                                         {".pdf", Picture::pdf}}};

Error system_trouble(const std::string& what) {
    return Error(ErrorKind::io, fmt::format("{}: {}", what, std::strerror(errno)));
}

class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] int close() {
        const int result = ::close(descriptor_);
        descriptor_ = -1;
        return result;
    }

private:
    int descriptor_;
};

/// A file in memory only: the child can be killed at any time and leaves nothing behind.
int memory_file(const char* name) {
    const int descriptor = memfd_create(name, MFD_CLOEXEC);
    if (descriptor < 0) throw system_trouble("no memory for a picture");
    return descriptor;
}

std::string read_all(int descriptor) {
    std::string out;
    std::array<char, 65536> buffer{};
    off_t at = 0;
    for (;;) {
        const ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), at);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) throw system_trouble("a picture cannot be read back");
        if (count == 0) return out;
        out.append(buffer.data(), static_cast<std::size_t>(count));
        at += count;
    }
}

struct Ended {
    bool started = false;
    int status = 0;
};

/// Runs the program `dot` with these arguments on three open files.
Ended run_dot(const std::vector<std::string>& arguments, int in, int out, int err) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
    pid_t child = 0;
    const int trouble = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (trouble != 0) return {};
    Ended ended{true, 0};
    while (waitpid(child, &ended.status, 0) < 0) {
        if (errno != EINTR) throw system_trouble("Graphviz was lost sight of");
    }
    return ended;
}

void replace_file(const std::string& path, std::string_view bytes) {
    exporters::OutputFile file(path);
    file.write(bytes);
    file.finish();
}

/// Graphviz before 3.0 writes an `&` of an address as it is, which is no XML.
std::string with_ampersands(std::string_view svg) {
    constexpr std::array<std::string_view, 5> kNamed{"amp;", "lt;", "gt;", "quot;", "apos;"};
    std::string out;
    out.reserve(svg.size());
    for (std::size_t i = 0; i < svg.size(); ++i) {
        out += svg[i];
        if (svg[i] != '&') continue;
        const std::string_view rest = svg.substr(i + 1);
        const auto starts = [&](std::string_view name) { return rest.starts_with(name); };
        if (!starts("#") && std::none_of(kNamed.begin(), kNamed.end(), starts)) out += "amp;";
    }
    return out;
}

}  // namespace

Picture picture_of(std::string_view path) {
    std::string lower;
    for (const char c : path) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const auto& [suffix, picture] : kSuffixes) {
        if (lower.size() > suffix.size() && lower.ends_with(suffix)) return picture;
    }
    throw Error(ErrorKind::usage,
                fmt::format("\"{}\" does not say which kind of picture it is to be", path),
                "end its name in .svg, .png, .pdf or .dot");
}

std::string render(const std::string& dot, Picture picture) {
    if (picture == Picture::dot) return dot;
    const File in(memory_file("dot"));
    const File out(memory_file("picture"));
    const File err(memory_file("messages"));
    if (!exporters::write_all(in.get(), dot) || lseek(in.get(), 0, SEEK_SET) != 0) {
        throw system_trouble("no memory for a picture");
    }
    std::vector<std::string> arguments{"dot", "-q"};
    switch (picture) {
        case Picture::png:
            arguments.insert(arguments.end(), {"-Tpng:cairo", "-Gdpi=200"});
            break;
        case Picture::pdf:
            arguments.emplace_back("-Tpdf");
            break;
        default:
            arguments.emplace_back("-Tsvg");
    }
    const Ended ended = run_dot(arguments, in.get(), out.get(), err.get());
    if (!ended.started || (WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 127)) {
        throw Error(ErrorKind::io, "a picture needs Graphviz, and there is no program `dot`",
                    "install it (on Debian: apt-get install graphviz), or write FILE.dot");
    }
    std::string bytes = read_all(out.get());
    if (!WIFEXITED(ended.status) || WEXITSTATUS(ended.status) != 0 || bytes.empty()) {
        std::string message = read_all(err.get());
        message.resize(std::min(message.find('\n'), message.size()));
        throw Error(ErrorKind::io,
                    "Graphviz could not draw it" + (message.empty() ? message : ": " + message),
                    "draw less of it (-n, --type, --around), try --layout sfdp, or write FILE.dot");
    }
    return picture == Picture::svg ? with_ampersands(bytes) : bytes;
}

bool can_render() {
    const File null(::open("/dev/null", O_RDWR | O_CLOEXEC));
    const Ended ended = run_dot({"dot", "-V"}, null.get(), null.get(), null.get());
    return ended.started && WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0;
}

void write_picture(const std::string& dot, Picture picture, const std::string& path) {
    replace_file(path, render(dot, picture));
}

}  // namespace entente::cli
