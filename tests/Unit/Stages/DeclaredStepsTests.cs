using System.Globalization;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Steps are declared from the campaign alone: once, and without reading a file.</summary>
public sealed class DeclaredStepsTests
{
    public static TheoryData<string, string> Campaigns => new()
    {
        { "smoke", "" },
        { "demo", "" },
        { "smoke", "+also_root={ apply: true, split: true }" },
    };

    [Theory]
    [MemberData(nameof(Campaigns))]
    public void Declaring_steps_reads_no_file(string name, string set)
    {
        Reads(() => Declare(Load(name, set))); // what the runtime loads the first time it has loaded
        // A collection that begins on this thread reads how much memory there is; what reads a file reads it every time.
        long nothing = Reads(() => { }), declaring = long.MaxValue;
        for (int time = 0; time < 20 && declaring > nothing; time++)
        {
            CampaignFile campaign = Load(name, set);
            declaring = Math.Min(declaring, Reads(() => Declare(campaign)));
        }
        long reading = Reads(() => File.ReadAllBytes(Checkout.At("README.md")));

        reading.ShouldBeGreaterThan(nothing); // so would any file be seen
        declaring.ShouldBe(nothing);
    }

    [Fact]
    public void A_composed_stage_asks_once_and_gives_the_same_steps()
    {
        var counted = new CountedStage();
        var stage = new ComposedStage(counted);

        stage.Steps().ShouldBeSameAs(ComposedStage.Of(stage).Steps());

        counted.Asked.ShouldBe(1);
    }

    [Fact]
    public void Evaluate_is_what_the_catalogue_calls_results() =>
        StageCatalogue.Compose(Load("smoke", "+also_root={ apply: true }")).Where(stage => stage.IsResult).Select(stage => stage.Name)
            .ShouldBe(["Split", "Spectrum", "Metrics", "Plot", "AlsoRoot", "Report"]);

    private static CampaignFile Load(string name, string set) =>
        CampaignFile.Load(Checkout.At("configs", $"{name}.yaml"), set.Length == 0 ? [] : [set], []);

    private static int Declare(CampaignFile campaign) => StageCatalogue.Compose(campaign).Sum(stage => stage.Steps().Count);

    // System calls of this thread that read; to look at them costs the same each time.
    private static long Reads(Action work)
    {
        long before = ReadsSoFar();
        work();
        return ReadsSoFar() - before;
    }

    private static long ReadsSoFar() => long.Parse(
        File.ReadLines("/proc/thread-self/io").First(line => line.StartsWith("syscr:", StringComparison.Ordinal)).Split(' ')[1],
        CultureInfo.InvariantCulture);

    private sealed class CountedStage : IStage
    {
        public int Asked { get; private set; }

        public string Name => "Counted";

        public string Summary => "Counts";

        public IReadOnlyList<Step> Steps()
        {
            Asked++;
            return [];
        }
    }
}
