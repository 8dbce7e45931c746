// SPDX-License-Identifier: MIT
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>
#include <vector>

namespace entente::graph {

/// Memory for long columns that are written right after they are made: elements added by resize() are not
/// zeroed but left as they are, so that the threads that write them also touch the memory first; long
/// columns ask the system for large pages.
template <class T>
class ColumnAllocator {
public:
    using value_type = T;
    ColumnAllocator() = default;
    template <class U>
    ColumnAllocator(const ColumnAllocator<U>&) noexcept {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < kLarge) return static_cast<T*>(::operator new(bytes));
        const std::size_t whole = (bytes + kPage - 1) / kPage * kPage;
        void* const at = std::aligned_alloc(kPage, whole);
        if (at == nullptr) throw std::bad_alloc();
        (void)madvise(at, whole, MADV_HUGEPAGE);  // a hint: refused, all still works
        return static_cast<T*>(at);
    }
    void deallocate(T* at, std::size_t count) noexcept {
        if (count * sizeof(T) < kLarge) {
            ::operator delete(at);
        } else {
            std::free(at);
        }
    }
    template <class U>
    void construct(U* at) noexcept {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
    friend bool operator==(const ColumnAllocator&, const ColumnAllocator&) { return true; }

private:
    static constexpr std::size_t kPage = std::size_t{2} << 20U, kLarge = 2 * kPage;
};

/// A std::vector whose resize() leaves new elements unset. REQUIRES: they are written before they are read.
template <class T>
using Column = std::vector<T, ColumnAllocator<T>>;

}  // namespace entente::graph
