using System.Runtime.InteropServices;
using TauPipeline.Foundation;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>What can be wrong with tensors and the library below them.</summary>
internal static class TensorErrors
{
    private const string Install = "lay it out with  dotnet cake --target=Setup";

    public static StepFailed NoLibtorch(string looked) =>
        new(new ErrorText("libtorch is missing", [("looked for", looked), ("or name it", "TAU_LIBTORCH=/path/to/libtorch")], Install));

    public static StepFailed OldCLibrary(Version? here, Version needed) =>
        new(
            new ErrorText(
                "the C library of this system is too old for libtorch",
        [
            ("found", here is null ? "another one than glibc" : $"glibc {here}"),
            ("needed", $"glibc {needed} or newer: Debian 12, Ubuntu 22.04, Alma 9"),
        ],
        "train on a newer system, or in a container of one"));

    public static StepFailed DoesNotLoad(string path, Exception cause) =>
        new(
            new ErrorText(
                "libtorch does not load",
                [("library", path), ("the loader says", cause.Message)],
                "if it was laid out on another system, fit it to this one with  dotnet cake --target=Setup"),
            cause);

    public static StepFailed NoCudaLibrary(string folder) =>
        new(
            new ErrorText(
                "train.device: cuda, but this libtorch computes on the processor only",
        [("looked for", Path.Combine(folder, "libtorch_cuda.so"))],
        $"name a CUDA build of the same version ({TorchNatives.Packages}) with  TAU_LIBTORCH=/path/to/libtorch"));

    public static StepFailed NoCudaDevice() => new(new ErrorText("train.device: cuda, but libtorch finds no graphics processor",
        [("looked for", "a driver of NVIDIA and a device that CUDA_VISIBLE_DEVICES does not hide")],
        "see what  nvidia-smi  says, or use  train.device: cpu"));

    public static Defect LoadedByOthers(string library) => new($"{library} was loaded before its numeric environment could be set");

    public static Defect OtherEnvironment(IReadOnlyList<(string, string)> differences) =>
        new(new ErrorText("libtorch is already loaded in another numeric environment", differences));

    public static Defect OtherThreads(int found, int wanted) =>
        new($"libtorch computes with {found} threads in place of {wanted}: its sums are others");

    public static Defect Refused(ExternalException cause) => new(new ErrorText("libtorch refuses a call", [("it says", cause.Message)]));

    public static StepFailed Resources(ExternalException cause) =>
        new(new ErrorText("libtorch cannot go on", [("it says", cause.Message)]));

    public static Defect NotPortable(string what, Tensor tensor) =>
        new(
            $"{what} of a portable layer is {tensor.dtype} [{string.Join(", ", tensor.shape)}] on {tensor.device}, not float32 of fitting shape in main memory"
        );

    public static Defect TooShort(int from, int to, int rows, int inputs, int outputs) =>
        new($"a dense layer of {rows} rows from {inputs} to {outputs} is given {from} numbers and room for {to}");

    public static Defect Type(ScalarType found, ScalarType wanted) => new($"a tensor of {found} is read as {wanted}");

    public static StepFailed OtherState(string name, IReadOnlyList<long> expected, IReadOnlyList<long> found) =>
        new(
            new ErrorText(
                $"'{name}' does not fit the state that is restored",
                [("expected", $"[{string.Join(", ", expected)}]"), ("found", $"[{string.Join(", ", found)}]")]));

    public static StepFailed NotACheckpoint(string what) =>
        new(
            new ErrorText(
                "this is not a readable torch file",
                [("found", what)],
                "files of torch.save with plain float32 and int64 CPU tensors are read"));
}
