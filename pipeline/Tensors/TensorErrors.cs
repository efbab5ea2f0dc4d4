using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>What can be wrong with tensors and the library below them.</summary>
internal static class TensorErrors
{
    private const string Install = "install it with  dotnet cake --target=Setup";

    public static StepFailed NoLibtorch(string header) =>
        new(new ErrorText("libtorch is missing", [("looked for", header), ("or name it", "TAU_LIBTORCH=/path/to/prefix")], Install));

    public static StepFailed NoShim(string path) =>
        new(new ErrorText("the shim over libtorch is not built", [("looked for", path), ("or name it", "TAU_SHIM=/path/to/" + ShimPlace.File)], "build it with  dotnet cake --target=Setup"));

    public static StepFailed DoesNotLoad(string path, Exception cause) =>
        new(new ErrorText("libtorch does not load", [("shim", path), ("the loader says", cause.Message)], Install), cause);

    public static Defect LoadedByOthers(string library) => new($"{library} was loaded before its numeric environment could be set");

    public static Defect NotLoaded() => new("a tensor is made before TensorLibrary.Load");

    public static Defect OtherEnvironment(IReadOnlyList<(string, string)> differences) =>
        new(new ErrorText("libtorch is already loaded in another numeric environment", differences));

    public static Defect Refused(string message) => new(new ErrorText("libtorch refuses a call", [("it says", message)]));

    public static StepFailed Resources(string message) => new(new ErrorText("libtorch cannot go on", [("it says", message)]));

    public static Defect Shape(IReadOnlyList<long> shape, long values) =>
        new($"a tensor of shape [{string.Join(", ", shape)}] is made from {values} values");

    public static Defect Type(TensorType found, TensorType wanted) => new($"a tensor of {found} is read as {wanted}");

    public static Defect OtherState(string name, string expected, string found) =>
        new(new ErrorText($"'{name}' does not fit the state that is restored", [("expected", expected), ("found", found)]));

    public static StepFailed NotACheckpoint(string what) =>
        new(new ErrorText("this is not a readable torch file", [("found", what)], "files of torch.save with plain float32 and int64 CPU tensors are read"));
}
