// The library as a whole: errors, threads, determinism.
#include "shim.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>

#include <string>

static thread_local std::string last_error;

void tau_remember(const char* message) noexcept {
  try {
    last_error = message;
  } catch (...) {
    last_error.clear();
  }
}

// Valid until the next failure on this thread.
TAU const char* tau_last_error() { return last_error.c_str(); }

TAU int tau_start(int32_t threads) {
  return tau_try([&] {
    at::globalContext().setDeterministicAlgorithms(true, false);
    at::set_num_threads(threads);
  });
}

// libtorch's own description of itself; has the line "CPU capability usage: AVX2".
TAU const char* tau_show_config() {
  static thread_local std::string text;
  if (tau_try([] { text = at::show_config(); }) != 0) text.clear();
  return text.c_str();
}
