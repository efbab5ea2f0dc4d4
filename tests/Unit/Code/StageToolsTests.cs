using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Unit.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>Each step states the libraries that its bytes come from, as they are reached by its code, and no others.</summary>
public sealed class StageToolsTests
{
    private const string MathType = "System.Math::";

    // By IEEE 754 or by definition the same everywhere.
    private static readonly string[] Exact =
        ["Abs", "BigMul", "Ceiling", "Clamp", "CopySign", "DivRem", "Floor", "FusedMultiplyAdd", "IEEERemainder", "Max", "Min", "Round",
            "ScaleB", "Sign", "Sqrt"];

    private static readonly Lazy<IReadOnlyList<IStage>> Stages = new(() => Campaigns.Smoke(
        "+also_root={ spectrum: true, apply: true }",
        "+sweep={ list: [{ epochs: 1 }, { epochs: 2 }] }"));

    // Tool -> the stages whose bytes come from it.
    public static TheoryData<string, string> Users => new()
    {
        { "libzstd ", "Generate" },
        { "PureHDF ", "Ingest Split ShuffleMerge Weights Apply" },
        { "zlib of .NET ", "Ingest Split ShuffleMerge Weights Apply AlsoRoot" },
        { "glibc ", "Generate Ingest Validate Train Choose Apply WorkingPoints Metrics Plot Report Export" },
        { "onnxruntime ", "Export" },
        { "libtorch ", "Train" },
        { "TorchSharp ", "Train" },
        { "node v", "Plot" },
        { "vega ", "Validate Plot Report" },
    };

    [Theory]
    [MemberData(nameof(Users))]
    public void A_tool_counts_for_exactly_the_stages_that_use_it(string tool, string stages) =>
        Stages.Value.Where(stage => stage.Steps().Any(step => step.Tools.Any(one => one.StartsWith(tool, StringComparison.Ordinal))))
            .Select(stage => stage.Name).ShouldBe(stages.Split(' '), ignoreOrder: true);

    [Fact]
    public void What_reaches_the_C_librarys_mathematics_says_so_and_nothing_else_does()
    {
        // Expressions are the campaign's: which of their functions are used is asked of themselves, below. Smoke derives logarithms.
        string[] reaching = [.. EditedCheckout.AsBuilt.Values.Where(code => Mathematics(code, "TauPipeline.Expressions.")
            .Any(MathLibrary.Functions.ContainsKey)).Select(code => code.Stage)];

        reaching.Append("Ingest")
            .ShouldBe(Stages.Value.Where(stage => stage.Steps().Any(UsesMathematics)).Select(stage => stage.Name), ignoreOrder: true);
    }

    [Fact]
    public void Every_function_of_mathematics_is_known_as_the_librarys_or_as_exact() =>
        EditedCheckout.AsBuilt.Values.SelectMany(code => Mathematics(code, "nothing")).Distinct()
            .Except(MathLibrary.Functions.Keys).Except(Exact).ShouldBeEmpty();

    [Theory]
    [InlineData("1", false)]
    [InlineData("max(1 + tau_pt / 100, sqrt(tau_pt))", false)]
    [InlineData("1 / (1 + exp(-tau_pt / 100))", true)]
    [InlineData("where(tau_pt > 30, 1, (tau_pt / 30) ** 0.5)", true)]
    public void An_expression_counts_as_the_functions_that_it_uses(string times, bool uses) =>
        Campaigns.Smoke($"+weights.times={times}").Single(stage => stage.Name == "Weights").Steps().Any(UsesMathematics).ShouldBe(uses);

    [Fact]
    public void No_step_packs_by_a_library_that_it_does_not_name()
    {
        Step[] packing = [.. Stages.Value.SelectMany(stage => stage.Steps()).Where(step => step.Writes.Any(IsPacked))];

        packing.Select(step => step.Stage).Distinct().Count().ShouldBeGreaterThan(6);
        packing.Where(step => step.Tools.Count == 0).Select(step => step.Id).ShouldBeEmpty();
    }

    private static bool IsPacked(Artifact written) =>
        written.Kind == ArtifactKind.Folder || Path.GetExtension(written.Path) is ".h5" or ".root" or ".zip";

    private static bool UsesMathematics(Step step) => step.Tools.Contains(MathLibrary.Tools[0]);

    private static IEnumerable<string> Mathematics(Tasks.StageCode code, string notBy) =>
        code.Outside.Where(call =>
                call.Method.StartsWith(MathType, StringComparison.Ordinal) && !call.By.StartsWith(notBy, StringComparison.Ordinal))
            .Select(call => call.Method[MathType.Length..]);
}
