// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace entente::storage {

/// An array of a staged batch: made in memory, and laid elsewhere when there is too much of it. Its length does
/// not change after that, its elements may. A copy is in memory.
template <class T>
class StagedArray {
    using Own = std::conditional_t<std::is_same_v<T, char>, std::string, std::vector<T>>;

public:
    StagedArray() = default;
    StagedArray(Own own) : own_(std::move(own)) { own_again(); }
    StagedArray(const StagedArray& other) : own_(other.begin(), other.end()) { own_again(); }
    StagedArray(StagedArray&& other) noexcept { swap(other); }
    StagedArray& operator=(StagedArray other) noexcept {
        swap(other);
        return *this;
    }
    ~StagedArray() = default;

    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }
    [[nodiscard]] T* data() { return data_; }
    [[nodiscard]] const T* data() const { return data_; }
    [[nodiscard]] T& operator[](std::size_t i) { return data_[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const { return data_[i]; }
    [[nodiscard]] T* begin() { return data_; }
    [[nodiscard]] T* end() { return data_ + size_; }
    [[nodiscard]] const T* begin() const { return data_; }
    [[nodiscard]] const T* end() const { return data_ + size_; }

    /// Moves what is in memory out; copies what is laid elsewhere.
    [[nodiscard]] Own take() {
        Own out = laid_ ? Own(begin(), end()) : std::move(own_);
        *this = StagedArray();
        return out;
    }
    [[nodiscard]] bool laid() const { return laid_; }
    /// The elements are at `there` now, which outlives this.
    void lay(std::byte* there) {
        data_ = reinterpret_cast<T*>(there);
        laid_ = true;
        Own().swap(own_);  // assigning an empty string would keep the memory
    }

private:
    void own_again() {
        data_ = own_.data();
        size_ = own_.size();
    }
    void swap(StagedArray& other) noexcept {
        std::swap(own_, other.own_);
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(laid_, other.laid_);
        // A short text moves with its object.
        if (!laid_) data_ = own_.data();
        if (!other.laid_) other.data_ = other.own_.data();
    }
    Own own_;
    T* data_ = nullptr;
    std::size_t size_ = 0;
    bool laid_ = false;
};

}  // namespace entente::storage
