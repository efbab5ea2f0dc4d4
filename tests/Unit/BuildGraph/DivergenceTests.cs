using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>Where two builds part: the first step that made other bytes, and what only follows from it.</summary>
public sealed class DivergenceTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Only_the_first_divergent_steps_are_named_and_those_behind_are_folded_into_them()
    {
        Build("one", "x", "same");
        Build("two", "y", "same");

        Divergence only = Divergence.Between(Stages("x", "same"), ["Last"], At("one"), At("two")).ShouldHaveSingleItem();

        only.Step.Id.ShouldBe("Left");
        only.Products.ShouldBe(["left.txt"]);
        only.Downstream.Select(step => step.Id).ShouldBe(["Middle", "Last"]);
    }

    [Fact]
    public void Two_causes_are_two_and_no_difference_is_none()
    {
        Build("one", "x", "p");
        Build("two", "y", "q");

        Divergence.Between(Stages("x", "p"), ["Last"], At("one"), At("two")).Select(one => one.Step.Id).ShouldBe(["Left", "Right"]);
        Divergence.Between(Stages("x", "p"), ["Last"], At("one"), At("one")).ShouldBeEmpty();
    }

    [Fact]
    public void A_step_that_was_not_built_again_differs()
    {
        Build("one", "x", "p");

        Divergence.Between(Stages("x", "p"), ["Left"], At("one"), At("never")).Single().Step.Id.ShouldBe("Left");
    }

    // Left -> Middle -> Last <- Right: the texts stand for whatever is not reproducible.
    private IReadOnlyList<IStage> Stages(string left, string right)
    {
        Artifact a = Artifact.Product("left.txt"),
            b = Artifact.Product("right.txt"),
            middle = Artifact.Product("middle.txt"),
            last = Artifact.Product("last.txt");
        return [Stage("Left", a, left), Stage("Right", b, right), Stage("Middle", middle, "", a), Stage("Last", last, "", middle, b)];
    }

    private ToyStage Stage(string name, Artifact product, string text, params Artifact[] reads) =>
        new(
            name,
            _bench.Custom(name, product.Path, [.. reads.Select(read => new StepInput("text", read))], (run, to) =>
                run.Write(to, new ToyText(string.Concat(reads.Select(read => run.Stream<ToyReader>(read).Text)) + text))));

    private void Build(string folder, string left, string right) =>
        _bench.Build(_bench.Request(Stages(left, right), "Last") with { Out = At(folder) }).FirstError.ShouldBeNull();

    private string At(string folder) => Path.Combine(_bench.Root, folder);
}
