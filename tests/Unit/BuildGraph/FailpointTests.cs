using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>A host that kills itself with SIGKILL at each of its log appends and renames, on a graph of twenty steps.</summary>
public sealed class FailpointTests : IDisposable
{
    private const int Sample = 20, Fewest = 200;
    private readonly GraphBench _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Killed_at_some_appends_and_renames_the_next_build_equals_an_undisturbed_one()
    {
        int points = Points();
        for (int i = 0; i < Sample; i++) KillAndHeal(1 + (i * (points - 1) / (Sample - 1)), overAnOldBuild: i % 2 == 1);
    }

    [LongFact]
    public void Killed_at_every_append_and_rename_the_next_build_equals_an_undisturbed_one()
    {
        int points = Points();
        for (int point = 1; point <= points; point++)
            foreach (bool old in new[] { false, true }) KillAndHeal(point, old);
    }

    [Theory]
    [InlineData("Read/0")]
    [InlineData("Pair/3")]
    public void Killed_with_half_an_output_written_the_old_product_stands_until_the_new_one_is_whole(string step)
    {
        _graph.Prepare(isBuilt: true);
        string product = step.ToLowerInvariant() + ".more.txt", old = _graph.Bench.Read(product);

        _graph.Host(0, ("TOY_DIES_IN", step)).Code.ShouldBe(128 + LibC.Kill);

        _graph.Bench.Read(product).ShouldBe(old);
        Directory.GetDirectories(Path.Combine(_graph.Bench.Out, ".tau", "attempts")).ShouldNotBeEmpty();
        _graph.ShouldHeal($"a kill in {step}").Steps.Single(ended => ended.Step.Id == step).Reasons.ShouldNotBeEmpty();
    }

    private int Points()
    {
        _graph.Prepare(isBuilt: false);
        (int code, string told) = _graph.Host();
        code.ShouldBe(0, told);
        _graph.ShouldBeUndisturbed(_graph.Bench.Out, "a build in another process");
        int points = int.Parse(told.Trim().Split(' ')[^1]);
        points.ShouldBeGreaterThan(Fewest);
        return points;
    }

    private void KillAndHeal(int point, bool overAnOldBuild)
    {
        string after = $"a kill at point {point}{(overAnOldBuild ? " over an old build" : "")}";
        _graph.Prepare(overAnOldBuild);

        (int code, string told) = _graph.Host(point);

        // A slow machine looks at raw files in more steps, so that the count of one run may lie behind the end of another.
        if (code == 0) int.Parse(told.Trim().Split(' ')[^1]).ShouldBeInRange(Fewest, point - 1, after);
        else code.ShouldBe(128 + LibC.Kill, after);

        _graph.ShouldHeal(after);
    }
}
