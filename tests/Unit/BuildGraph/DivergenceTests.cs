using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Where two builds part: the first step that made other bytes, and what only follows from it.</summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_the_first_divergent_steps_are_named_and_those_behind_are_folded_into_them()
    {
        Build("one", "x", "same");
        Build("two", "y", "same");

        Divergence only = Divergence.Between(Stages("x", "same"), ["Last"], _folder.At("one"), _folder.At("two")).ShouldHaveSingleItem();

        only.Step.Id.ShouldBe("Left");
        only.Products.ShouldBe(["left.txt"]);
        only.Downstream.Select(step => step.Id).ShouldBe(["Middle", "Last"]);
    }

    [Fact]
    public void Two_causes_are_two_and_no_difference_is_none()
    {
        Build("one", "x", "p");
        Build("two", "y", "q");

        Divergence.Between(Stages("x", "p"), ["Last"], _folder.At("one"), _folder.At("two")).Select(one => one.Step.Id).ShouldBe(["Left", "Right"]);
        Divergence.Between(Stages("x", "p"), ["Last"], _folder.At("one"), _folder.At("one")).ShouldBeEmpty();
    }

    [Fact]
    public void A_step_that_was_not_built_again_differs()
    {
        Build("one", "x", "p");

        Divergence.Between(Stages("x", "p"), ["Left"], _folder.At("one"), _folder.At("never")).Single().Step.Id.ShouldBe("Left");
    }

    // Left -> Middle -> Last <- Right: the texts stand for whatever is not reproducible.
    private static IReadOnlyList<IStage> Stages(string left, string right)
    {
        Artifact a = Artifact.Product("left.txt"), b = Artifact.Product("right.txt"), middle = Artifact.Product("middle.txt"), last = Artifact.Product("last.txt");
        return [Stage("Left", a, left), Stage("Right", b, right), Stage("Middle", middle, "", a), Stage("Last", last, "", middle, b)];
    }

    private static OneStep Stage(string name, Artifact product, string text, params Artifact[] reads) => new(new Step
    {
        Stage = name,
        Reads = [.. reads.Select(read => new StepInput("text", read))],
        Writes = [product],
        Settings = SettingsUsed.None,
        Work = run =>
        {
            using var writer = run.Create<PlainWriter>(product);
            foreach (Artifact read in reads) writer.Add(run.Stream<PlainReader>(read).Text);
            writer.Add(text);
        },
    });

    private void Build(string folder, string left, string right)
    {
        BuildSummary end = BuildRun.Start(new BuildRequest
        {
            Stages = Stages(left, right),
            Targets = ["Last"],
            Out = _folder.At(folder),
            Seed = 1,
            Code = new Dictionary<string, ContentHash>(),
            Campaign = "",
            ChildCommand = ["none"],
            Reporter = new Silent(),
        }, default).Completion.GetAwaiter().GetResult();
        end.FirstError.ShouldBeNull();
    }

    private sealed record OneStep(Step Step) : IStage
    {
        public string Name => Step.Stage;

        public string Summary => "";

        public IReadOnlyList<Step> Steps() => [Step];
    }

    private sealed record PlainReader(string Text) : IProductReader<PlainReader>
    {
        public static PlainReader Open(ProductInput from) => new(File.ReadAllText(from.Path));

        public void Dispose() { }
    }

    private sealed record PlainWriter(string Path) : IProductWriter<PlainWriter>
    {
        public static PlainWriter Create(ProductOutput to) => new(to.Path);

        public void Add(string text) => File.AppendAllText(Path, text + "\n");

        public void Dispose() { }
    }

    private sealed class Silent : IBuildReporter
    {
        public void Report(BuildEvent happened) { }
    }
}
