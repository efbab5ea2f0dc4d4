// The whole shim as one translation unit: torch's headers take far longer than our lines, so they are read once.
#include "library.cpp"
#include "tensors.cpp"
#include "operators.cpp"
#include "inplace.cpp"
#include "autograd.cpp"
