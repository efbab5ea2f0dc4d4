// Making tensors, looking at them, and getting numbers in and out.
#include "shim.h"

#include <ATen/ops/from_blob.h>

#include <cstring>

static at::ScalarType type_of(int32_t type) {
  if (type == 0) return at::kFloat;
  if (type == 1) return at::kLong;
  TORCH_CHECK(false, "tensor type ", type, " is not known");
}

// The numbers are copied: the caller's memory may move afterwards.
TAU int tau_from_blob(const void* numbers, const int64_t* shape, int32_t dim, int32_t type, Handle* out) {
  return tau_give(out, [&] {
    return at::from_blob(const_cast<void*>(numbers), at::IntArrayRef(shape, dim), at::TensorOptions(type_of(type))).clone();
  });
}

TAU int tau_copy_out(Handle self, void* to, int64_t bytes) {
  return tau_try([&] {
    at::Tensor flat = self->detach().contiguous();
    TORCH_CHECK(static_cast<int64_t>(flat.nbytes()) == bytes, "tensor has ", flat.nbytes(), " bytes, the caller asked for ", bytes);
    std::memcpy(to, flat.data_ptr(), flat.nbytes());
  });
}

TAU void tau_free(Handle self) { delete self; }

TAU int tau_dim(Handle self, int64_t* out) {
  return tau_try([&] { *out = self->dim(); });
}

TAU int tau_size(Handle self, int64_t dim, int64_t* out) {
  return tau_try([&] { *out = self->size(dim); });
}

TAU int tau_type(Handle self, int32_t* out) {
  return tau_try([&] {
    TORCH_CHECK(self->scalar_type() == at::kFloat || self->scalar_type() == at::kLong, "tensor type ", self->scalar_type(), " is not carried over");
    *out = self->scalar_type() == at::kLong ? 1 : 0;
  });
}
