using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>Files in the style of TauMLTools' scaling_params_v5.json: numbers and texts mixed, nulls, inf as a text.</summary>
public sealed class ScalingParametersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Constants_are_read_with_limits_as_numbers_or_texts()
    {
        ScalingParameters file = Read("""
            { "TauFlat": { "tau_pt": { "global": { "mean": 510.0, "std": 490, "lim_min": "-1", "lim_max": 1.0 } },
                           "tau_charge": { "global": { "mean": 0, "std": 1, "lim_min": "-inf", "lim_max": "inf", "sqmean": null, "num": null } } },
              "PfCand_chHad": { "rel_pt": { "inner": { "mean": 0.2482, "std": 0.3601, "lim_min": -5, "lim_max": 5, "num": 1000 },
                                            "outer": { "mean": 0.02191, "std": 0.08964, "lim_min": -5, "lim_max": 5 } } } }
            """);

        FeatureScale pt = file.Of(new Feature("tau_pt", ScalingKind.Linear, (20, 1000)), ConstituentCone.Global);
        (pt.Mean, pt.Std, pt.Low, pt.High).ShouldBe((510, 490, -1, 1));
        file.Of(new Feature("tau_charge", ScalingKind.NoScaling, null), ConstituentCone.Global).High.ShouldBe(double.PositiveInfinity);
        var rel = new Feature("rel_pt", ScalingKind.Normal, (-5, 5)) { Constituents = "pfCand", ByCone = true };
        FeatureScale inner = file.Of(rel, ConstituentCone.Inner), outer = file.Of(rel, ConstituentCone.Outer);
        (inner.Mean, inner.Sample.Count, outer.Mean).ShouldBe((0.2482, 1000, 0.02191));
        // training-and-evaluation 1.6: 0.5 becomes 0.69925 in the inner cone, 5 in the outer.
        var scaled = new float[1];
        inner.Apply([0.5f], scaled);
        scaled[0].ShouldBe(0.69925f, 5e-6f);
        outer.Apply([0.5f], scaled);
        scaled[0].ShouldBe(5f);
    }

    [Theory]
    [InlineData("""{ "G": { "f": { "global": { "mean": null, "std": null, "lim_min": -5, "lim_max": 5 } } } }""", "no usable constants of f")]
    [InlineData("""{ "G": { "f": { "global": { "mean": 0, "std": -1, "lim_min": -5, "lim_max": 5 } } } }""", "no usable constants of f")]
    [InlineData("""{ "G": { "f": { "global": { "mean": 0, "std": 1, "lim_min": 5, "lim_max": "x" } } } }""", "no usable constants of f")]
    [InlineData("""{ "G": { "f": { "inner": { "mean": 0, "std": 1, "lim_min": 5, "lim_max": 6 } } } }""", "no usable constants of f")]
    [InlineData("""{ "G": { "ff": { "global": {} } } }""", "has no scaling of 'f'")]
    [InlineData("""{ "G": { "f": { "global": {} } }, "H": { "f": { "global": {} } } }""", "has 'f' in several groups")]
    [InlineData("[1]", "is not a set of scaling constants")]
    [InlineData("{ \"G\": ", "is not a set of scaling constants")]
    public void What_cannot_be_used_is_told(string json, string title) =>
        Should.Throw<StepFailed>(() => Read(json).Of(new Feature("f", ScalingKind.Normal, (-5, 5)), ConstituentCone.Global))
            .Text.Title.ShouldContain(title);

    [Fact]
    public void What_is_written_is_in_their_layout_and_reads_back()
    {
        var normal = FeatureScale.Normal("a", ConstituentCone.Inner, Moments.Of([1, 2, 4]), (-5, 5));
        ScalingParameters file = ScalingParameters.Of([
            ("G", normal), ("G", FeatureScale.Stored("a", ConstituentCone.Outer, ScalingKind.Normal, (0, 0, -5, 5))),
            ("H", FeatureScale.Identity("c", ScalingKind.Categorical)),
        ]);
        string path = _folder.At("back.json");
        ScalingParameters.Write(new ProductOutput(path), file);

        string[] lines = [.. File.ReadAllLines(path).Select(line => line.Trim(' ', ','))];
        // numpy: mean 7/3, std 1.247219128924647, mean of squares 7
        lines.ShouldContain("\"mean\": 2.3333333333333335");
        lines.ShouldContain("\"std\": 1.247219128924647");
        lines.ShouldContain("\"num\": 3");
        lines.ShouldContain("\"mean\": null");
        lines.ShouldContain("\"lim_min\": \"-inf\"");
        ScalingParameters back = ScalingParameters.Read(new ProductInput(path));
        Feature feature = new Feature("a", ScalingKind.Normal, (-5, 5)) { Group = "G", ByCone = true };
        back.Of(feature, ConstituentCone.Inner).Std.ShouldBe(normal.Std);
        Should.Throw<StepFailed>(() => back.Of(feature, ConstituentCone.Outer)); // no value to work it out from
    }

    private ScalingParameters Read(string json)
    {
        File.WriteAllText(_folder.At("params.json"), json);
        return ScalingParameters.Read(new ProductInput(_folder.At("params.json")));
    }
}
