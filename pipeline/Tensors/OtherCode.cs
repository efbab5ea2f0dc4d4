using TauPipeline.Foundation;
using TauPipeline.Tensors;

// The C++ half of this room: compiled on each machine, into a library named by the same files.
[assembly: OtherCode(typeof(Shim), "pipeline/Tensors/Native/*.cpp;pipeline/Tensors/Native/*.h;pipeline/Tensors/Native/flags.rsp")]
