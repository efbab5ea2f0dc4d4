using TauPipeline.Foundation;

namespace TauPipeline.Onnx;

/// <summary>What can be wrong with a model in ONNX.</summary>
internal static class OnnxErrors
{
    public static StepFailed NoLibrary(string package) => new(new ErrorText(
        "ONNX Runtime is missing", [("looked for", $".artifacts/native/{package}/")], "lay it out with  dotnet cake --target=Setup"));

    public static StepFailed NotAModel(string model, Exception cause) => new(
        new ErrorText(
            "ONNX Runtime cannot take this model",
            [("model", model), ("it says", cause.Message)],
            "is the file whole, and of an operator set that this ONNX Runtime knows?"),
        cause);

    public static StepFailed DidNotRun(string model, Exception cause) =>
        new(new ErrorText("the model does not run on these rows", [("model", model), ("ONNX Runtime says", cause.Message)]), cause);

    public static StepFailed NoInput(string model, string input, IEnumerable<string> given) => new(new ErrorText(
        $"nothing is given for the input '{input}'",
        [("model", model), ("given", string.Join(", ", given)), ("nearest", ErrorText.Nearest(input, given))]));

    public static StepFailed NotFloats(string model, string what, string type) => new(new ErrorText(
        $"'{what}' is not of float32", [("model", model), ("type", type)], "export the model with float32 inputs and outputs"));

    public static StepFailed NoOutput(string model, string output, IEnumerable<string> outputs) => new(new ErrorText(
        $"the model has no output '{output}'",
        [("model", model), ("outputs", string.Join(", ", outputs)), ("nearest", ErrorText.Nearest(output, outputs))]));
}
