// How a C++ call becomes a C one: results through an out pointer, errors as a number with a text per thread.
// A handle is a heap-allocated at::Tensor, that is one reference; only ATen calls present in libtorch 1.13 and 2.x are used.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <cstdint>
#include <exception>

#define TAU extern "C" __attribute__((visibility("default")))

using Handle = at::Tensor*;

void tau_remember(const char* message) noexcept;

// 0: done, 1: libtorch refused, 2: any other C++ exception (memory, mostly).
template <class Work>
int tau_try(Work&& work) noexcept {
  try {
    work();
    return 0;
  } catch (const c10::Error& error) {
    tau_remember(error.what_without_backtrace());
    return 1;
  } catch (const std::exception& error) {
    tau_remember(error.what());
    return 2;
  }
}

template <class Make>
int tau_give(Handle* out, Make&& make) noexcept {
  return tau_try([&] { *out = new at::Tensor(make()); });
}
