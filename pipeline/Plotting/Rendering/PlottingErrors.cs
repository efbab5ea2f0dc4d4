using TauPipeline.Foundation;

namespace TauPipeline.Plotting;

/// <summary>What can be wrong with the programs that draw.</summary>
internal static class PlottingErrors
{
    private const string Install = "install it with  dotnet cake --target=Setup";

    public static StepFailed NoNode(IEnumerable<string> tried) =>
        new(
            new ErrorText(
                "node is missing, which draws the figures",
                [("tried", string.Join(", ", tried)), ("or name it", "TAU_NODE=/path/to/node (18 or newer)")],
                Install));

    public static StepFailed NoModules(IEnumerable<string> tried) =>
        new(
            new ErrorText(
                "the node packages that draw the figures are missing",
                [("tried", string.Join(", ", tried)), ("or name them", "TAU_NODE_MODULES=/path/to/node_modules")],
                Install));

    public static StepFailed NotDrawn(string folder, int exitCode, string error) =>
        new(
            new ErrorText(
                "the figures were not drawn",
                [("specifications", folder), ("node ended with", $"{exitCode}"), ("it said", error.Trim())]));

    public static Defect NoFile(string path, string what) =>
        new(new ErrorText($"{what} is missing beside the program", [("expected", path)]));
}
