using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Configuration;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Steps are declared from the campaign alone: once, and without opening a file.</summary>
[Collection(Alone.Name)]
public sealed class DeclaredStepsTests
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE

    public static TheoryData<string, string> Campaigns => new()
    {
        { "smoke", "" },
        { "demo", "" },
        { "smoke", "+also_root={ apply: true }" },
    };

    [Theory]
    [MemberData(nameof(Campaigns))]
    public void Declaring_steps_opens_no_file(string name, string set)
    {
        Declare(Load(name, set)); // what the runtime loads the first time it has loaded
        CampaignFile campaign = Load(name, set);
        getrlimit(OpenFiles, out Limit before).ShouldBe(0);
        Exception? opened, declared;

        setrlimit(OpenFiles, before with { Soft = 0 }).ShouldBe(0);
        try
        {
            opened = Record.Exception(() => File.OpenRead("/dev/null").Dispose());
            declared = Record.Exception(() => Declare(campaign));
        }
        finally { setrlimit(OpenFiles, before); }

        opened.ShouldBeAssignableTo<IOException>(); // so would any file be seen
        declared.ShouldBeNull();
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
            .ShouldBe(["Metrics", "Plot", "AlsoRoot", "Report"]);

    private static CampaignFile Load(string name, string set) =>
        CampaignFile.Load(Checkout.At("configs", $"{name}.yaml"), set.Length == 0 ? [] : [set], []);

    private static int Declare(CampaignFile campaign) => StageCatalogue.Compose(campaign).Sum(stage => stage.Steps().Count);

    [DllImport("libc")]
    private static extern int getrlimit(int resource, out Limit limit);

    [DllImport("libc")]
    private static extern int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);

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
