// Gradients.
#include "shim.h"

#include <ATen/core/grad_mode.h>

TAU int tau_requires_grad_(Handle self, int32_t on) {
  return tau_try([&] { self->requires_grad_(on != 0); });
}

TAU int tau_backward(Handle self) {
  return tau_try([&] { self->backward(); });
}

// Null where no gradient has come in yet.
TAU int tau_grad(Handle self, Handle* out) {
  return tau_try([&] { *out = self->grad().defined() ? new at::Tensor(self->grad()) : nullptr; });
}

TAU int tau_clear_grad(Handle self) {
  return tau_try([&] { self->mutable_grad().reset(); });
}

TAU int tau_detach(Handle self, Handle* out) {
  return tau_give(out, [&] { return self->detach(); });
}

// Per thread; gives the former state back so that blocks nest.
TAU int tau_set_grad_enabled(int32_t on, int32_t* before) {
  return tau_try([&] {
    *before = c10::GradMode::is_enabled() ? 1 : 0;
    c10::GradMode::set_enabled(on != 0);
  });
}
