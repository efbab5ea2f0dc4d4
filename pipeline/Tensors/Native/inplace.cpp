// Operators that change their first tensor: what an optimiser needs.
#include "shim.h"

TAU int tau_add_(Handle self, Handle other, double alpha) {
  return tau_try([&] { self->add_(*other, alpha); });
}

TAU int tau_add_scalar_(Handle self, double other) {
  return tau_try([&] { self->add_(other); });
}

TAU int tau_mul_(Handle self, double other) {
  return tau_try([&] { self->mul_(other); });
}

TAU int tau_div_(Handle self, double other) {
  return tau_try([&] { self->div_(other); });
}

TAU int tau_sqrt_(Handle self) {
  return tau_try([&] { self->sqrt_(); });
}

TAU int tau_addcmul_(Handle self, Handle tensor1, Handle tensor2, double value) {
  return tau_try([&] { self->addcmul_(*tensor1, *tensor2, value); });
}

TAU int tau_addcdiv_(Handle self, Handle tensor1, Handle tensor2, double value) {
  return tau_try([&] { self->addcdiv_(*tensor1, *tensor2, value); });
}

TAU int tau_copy_(Handle self, Handle from) {
  return tau_try([&] { self->copy_(*from); });
}
