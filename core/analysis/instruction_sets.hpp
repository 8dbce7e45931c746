// SPDX-License-Identifier: MIT
#pragma once

/// A hot function is compiled for several instruction sets and the best one chosen when the program runs:
/// the body is an ENTENTE_INLINE function, wrapped once plainly, once as ENTENTE_AVX2 and once as
/// ENTENTE_AVX512 where those are there (ENTENTE_HAS_AVX). All do the same arithmetic in the same order.
#define ENTENTE_INLINE [[gnu::always_inline]] inline

#if defined(__x86_64__) && defined(__GNUC__)
#define ENTENTE_HAS_AVX 1
#define ENTENTE_AVX2 [[gnu::target("avx2,popcnt,bmi,bmi2,lzcnt")]]
#define ENTENTE_AVX512 [[gnu::target("avx512f,avx512vl,avx512bw,avx512dq,avx2,popcnt,bmi,bmi2,lzcnt")]]
#endif

namespace entente::analysis {

enum class InstructionSet { plain, avx2, avx512 };

/// The widest that this machine has.
inline InstructionSet instruction_set() {
#ifdef ENTENTE_HAS_AVX
    if (__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi2")) {
        if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
            __builtin_cpu_supports("avx512dq"))
            return InstructionSet::avx512;
        if (__builtin_cpu_supports("avx2")) return InstructionSet::avx2;
    }
#endif
    return InstructionSet::plain;
}

}  // namespace entente::analysis
