// Operators that give a new tensor, under torch's own names.
#include "shim.h"

#include <ATen/ops/add.h>
#include <ATen/ops/batch_norm.h>
#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mean.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/prelu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/sqrt.h>
#include <ATen/ops/sum.h>

TAU int tau_add(Handle self, Handle other, double alpha, Handle* out) {
  return tau_give(out, [&] { return at::add(*self, *other, alpha); });
}

TAU int tau_mul(Handle self, Handle other, Handle* out) {
  return tau_give(out, [&] { return at::mul(*self, *other); });
}

TAU int tau_mul_scalar(Handle self, double other, Handle* out) {
  return tau_give(out, [&] { return at::mul(*self, other); });
}

TAU int tau_sqrt(Handle self, Handle* out) {
  return tau_give(out, [&] { return at::sqrt(*self); });
}

TAU int tau_sum(Handle self, Handle* out) {
  return tau_give(out, [&] { return at::sum(*self); });
}

TAU int tau_mean(Handle self, Handle* out) {
  return tau_give(out, [&] { return at::mean(*self); });
}

TAU int tau_matmul(Handle self, Handle other, Handle* out) {
  return tau_give(out, [&] { return at::matmul(*self, *other); });
}

TAU int tau_linear(Handle input, Handle weight, Handle bias, Handle* out) {
  return tau_give(out, [&] { return at::linear(*input, *weight, *bias); });
}

TAU int tau_relu(Handle self, Handle* out) {
  return tau_give(out, [&] { return at::relu(*self); });
}

TAU int tau_prelu(Handle self, Handle weight, Handle* out) {
  return tau_give(out, [&] { return at::prelu(*self, *weight); });
}

TAU int tau_softmax(Handle self, int64_t dim, Handle* out) {
  return tau_give(out, [&] { return at::softmax(*self, dim); });
}

TAU int tau_batch_norm(Handle input, Handle weight, Handle bias, Handle running_mean, Handle running_var, int32_t training, double momentum, double eps, Handle* out) {
  return tau_give(out, [&] { return at::batch_norm(*input, *weight, *bias, *running_mean, *running_var, training != 0, momentum, eps, false); });
}

// One loss per row: weighting and summing are the caller's.
TAU int tau_cross_entropy(Handle input, Handle target, Handle* out) {
  return tau_give(out, [&] { return at::cross_entropy_loss(*input, *target, {}, at::Reduction::None); });
}
