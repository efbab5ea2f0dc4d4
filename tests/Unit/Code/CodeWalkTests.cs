using Shouldly;
using TauPipeline.Tasks;
using Xunit;

namespace TauPipeline.Tests.Unit.Code;

/// <summary>What of a small pipeline each stage's code fingerprint sees.</summary>
public sealed class CodeWalkTests
{
    private const string Script = "draw()";

    private static readonly Lazy<Dictionary<string, StageCode>> Unedited = new(() => SmallCheckout.Code(Script));

    // Edit -> the member it changes -> the stages that reach that.
    private static readonly (string Old, string New, string Member, string Stages)[] Seen =
    [
        ("101", "901", "Sums.Called", "First Made"), // called by First, and inside a try of what Made calls
        ("102", "902", "Sums.Pointed", "First"), // pointed at
        ("507", "907", "FirstStage.Private", "First"),
        ("508", "908", "FirstStage.Work", "First"), // in its lambda
        ("501", "901", "FirstSettings.Read", "First"), // how its settings are made
        ("202", "902", "Square.Area", "First"), // called through an interface
        ("201", "901", "IShape.Untouched", "First"), // an interface's own body
        ("401", "901", "Spectrum.Read", "Second"), // the reader of its product
        ("17;", "97;", "CounterRandom.Draw", "Second"),
        ("Constant = 114", "Constant = 914", "Sums", "First Second Made"), // a constant is part of its type …
        ("Constant = 114", "Constant = 914", "SecondStage.Work", "Second"), // … and compiled into its users
        ("504", "904", "FirstStage.Product", "First Second"), // the name of a neighbour's product
        ("505, 506", "905", "FirstStage..cctor", "First Second"), // a neighbour's static property
        ("104", "904", "Sums.Lambda", "Made"), // a cached lambda
        ("105", "905", "Sums.Closure", "Made"),
        ("106", "906", "Sums.Local", "Made"), // a local function
        ("107", "907", "Sums.Iterator", "Made"),
        ("108", "908", "Sums.Later", "Made"), // an async method
        ("5, 109]", "5, 99]", "Sums.Bytes", "Made"), // constant data
        ("110", "910", "Sums.Text", "Made"), // a switch over texts
        ("Second = x + 111", "Other = x + 111", "Sums.Anonymous", "Made"), // the shape of an anonymous type
        ("112", "912", "Sums.List", "Made"), // a list that the compiler has a type for
        ("catch (InvalidOperationException)", "catch (NotSupportedException)", "Sums.Caught", "Made"),
        ("First = b.First", "First = a.First", "Pair.op_Addition", "Made"),
        ("206", "906", "OnlyNamed.Size", "Made"), // a type argument's accessor
    ];

    private static readonly (string Old, string New)[] Unseen =
    [
        ("103", "903"), // nobody calls it
        ("502", "902"), // nobody asks the settings for it
        ("203", "903"),
        ("204", "904"), // nobody makes one
        ("207", "907"),
        ("wrong 301", "wrong 901"), // an error's words
        ("summary 503", "summary 903"),
        ("engine 1", "engine 2"),
        ("18;", "98;"), // the rest of Foundation
        // Lambdas, closures and data before others give all that follow another number; the comment gives them another line.
        (
            "public static double Called",
            "private static int New(int[] all)\n { ReadOnlySpan<byte> b = [9, 8, 7, 6]; int k = b[1]; return all.Count(x => x > 1) + all.Count(x => x > k); }\n// comment\n public static double Called"
        ),
        (
            "public sealed class MadeStage",
            "public sealed class Aaa { public object A(int y) => new { Y = y, Z = 1, W = 2 }; }\n public sealed class MadeStage"),
    ];

    [Fact]
    public void Every_edit_is_seen_by_the_stages_that_reach_it_and_by_no_other()
    {
        Dictionary<string, StageCode> edited = SmallCheckout.Code(Script, [.. Seen.Select(edit => (edit.Old, edit.New)).Distinct()]);

        foreach ((string stage, StageCode code) in edited)
            Differing(code, Unedited.Value[stage])
                .ShouldBe(
                    Seen.Where(edit => edit.Stages.Contains(stage, StringComparison.Ordinal)).Select(edit => edit.Member),
                    ignoreOrder: true,
                    stage);
    }

    [Fact]
    public void What_nobody_reaches_and_what_only_looks_different_is_not_seen()
    {
        Dictionary<string, StageCode> edited = SmallCheckout.Code(Script, Unseen);

        foreach ((string stage, StageCode code) in edited)
        {
            Differing(code, Unedited.Value[stage]).ShouldBeEmpty(stage);
            code.Fingerprint.ShouldBe(Unedited.Value[stage].Fingerprint);
        }
    }

    [Fact]
    public void A_script_is_seen_by_who_reaches_the_type_that_runs_it()
    {
        Dictionary<string, StageCode> edited = SmallCheckout.Code("paint()");

        edited.Where(stage => stage.Value.Fingerprint != Unedited.Value[stage.Key].Fingerprint)
            .Select(stage => stage.Key)
            .ShouldBe(["Second"]);
    }

    [Fact]
    public void A_listing_says_what_a_stage_is_made_of()
    {
        string[] names = [.. Unedited.Value["Second"].Lines.Select(line => line.Short)];

        names.ShouldContain("SecondStage.Work");
        names.ShouldContain("Spectrum.Read");
        names.ShouldContain("FirstStage.Product");
        names.ShouldContain("scripts/draw.js");
        names.ShouldNotContain("FirstStage.Work");
        names.ShouldNotContain("Sums.Called");
        Unedited.Value.Values.SelectMany(code => code.Lines)
            .ShouldAllBe(line => !line.Short.Contains('<') || line.Short.EndsWith("<Clone>$"));
    }

    [Theory]
    [InlineData(
        "SecondStage(Artifact<Spectrum> spectrum,",
        "SecondStage(FirstStage first, Artifact<Spectrum> spectrum,",
        "the constructor of SecondStage takes TauPipeline.Stages.FirstStage")]
    [InlineData(
        "SecondStage(Artifact<Spectrum> spectrum,",
        "SecondStage(Func<int> clock, Artifact<Spectrum> spectrum,",
        "the constructor of SecondStage takes System.Func`1")]
    [InlineData(
        "SecondStage(Artifact<Spectrum> spectrum,",
        "SecondStage(int bins, Artifact<Spectrum> spectrum,",
        "the constructor of SecondStage takes Int32")]
    [InlineData(
        "SecondSettings(int Width)",
        "SecondSettings(int Width, StepRun Run)",
        "the constructor of SecondStage takes TauPipeline.Stages.SecondSettings, which holds TauPipeline.BuildGraph.StepRun")]
    [InlineData(
        "Called(double x)",
        "Called(double x, [System.Runtime.CompilerServices.CallerLineNumber] int line = 0)",
        "Sums.Called takes CallerLineNumber")]
    [InlineData(
        "static int Draw() => 17",
        "static int Draw([System.Runtime.CompilerServices.CallerFilePath] string file = \"\") => 17",
        "CounterRandom.Draw takes CallerFilePath")]
    [InlineData("scripts/*.js", "scripts/*.mjs", "TauPipeline.Statistics states other code in scripts/*.mjs, where there is none")]
    public void What_no_fingerprint_can_stand_for_fails_the_build(string old, string @new, string message) =>
        Should.Throw<UnfitCodeException>(() => SmallCheckout.Code(Script, (old, @new))).Message.ShouldContain(message);

    private static string[] Differing(StageCode one, StageCode other) =>
        [.. one.Lines.Except(other.Lines).Concat(other.Lines.Except(one.Lines)).Select(line => line.Short).Distinct()];
}
