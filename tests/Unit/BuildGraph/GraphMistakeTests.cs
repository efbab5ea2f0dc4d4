using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

public sealed class GraphMistakeTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        Misuse misuse = Refused(
            _bench.Join("A", "1", "same.txt", []),
            _bench.Join("A", "2", "same.txt", []),
            _bench.Join("A", "3", "Case.txt", []),
            _bench.Join("A", "4", "case.txt", []),
            _bench.Join("A", "5", "../up.txt", []),
            _bench.Join("A", "6", "/absolute.txt", []),
            _bench.Join("A", "7", "line\nbreak.txt", []),
            _bench.Join("A", "8", ".tau/mine.txt", []),
            _bench.Join("A", "11", "runs/mine.txt", []),
            _bench.Join("A", "9", "reads.txt", [Artifact.Product("cas.txt")]),
            _bench.Join("A", "9", "twice.txt", []),
            _bench.Join("A", "10", "twice.txt/inside.txt", []));

        string[] told = [.. misuse.Text.Facts.Select(fact => fact.Value)];
        told.ShouldContain("same.txt is made by two steps: A/1 and A/2");
        told.ShouldContain("case.txt and Case.txt differ only in case: on some disks they are one file");
        told.ShouldContain("A/5 writes '../up.txt', which has the part '..'");
        told.ShouldContain("A/6 writes '/absolute.txt', which is absolute");
        told.ShouldContain("A/7 writes 'line\\x0abreak.txt', which has a control character");
        told.ShouldContain("A/8 writes '.tau/mine.txt', which is a place of the engine");
        told.ShouldContain("A/11 writes 'runs/mine.txt', which is the place of journals");
        told.ShouldContain(mistake => mistake.StartsWith("A/9 reads cas.txt, which no step makes; nearest: Case.txt"));
        told.ShouldContain("two steps are named A/9");
        told.ShouldContain("twice.txt/inside.txt of A/10 is inside twice.txt of A/9");
        told.Length.ShouldBe(10);
        Directory.Exists(_bench.Out).ShouldBeFalse();
    }

    [Fact]
    public void A_circle_is_printed_as_a_chain()
    {
        Misuse misuse = Refused(
            _bench.Join("A", "1", "one.txt", [Artifact.Product("three.txt")]),
            _bench.Join("A", "2", "two.txt", [Artifact.Product("one.txt")]),
            _bench.Join("A", "3", "three.txt", [Artifact.Product("two.txt")]),
            _bench.Join("A", "4", "behind.txt", [Artifact.Product("three.txt")]));

        misuse.Text.Title.ShouldBe("a circle: A/1 -> [one.txt] -> A/2 -> [two.txt] -> A/3 -> [three.txt] -> A/1");
    }

    [Fact]
    public void A_step_that_reads_what_it_writes_is_a_circle()
    {
        Refused(_bench.Join("A", "", "one.txt", [Artifact.Product("one.txt")])).Text.Title.ShouldBe("a circle: A -> [one.txt] -> A");
    }

    [Fact]
    public void An_unknown_target_names_the_nearest()
    {
        IStage[] stages = [new ToyStage("Spectrum"), new ToyStage("Train")];

        Misuse misuse = Should.Throw<Misuse>(() => BuildRun.Start(_bench.Request(stages, "Spectrm"), CancellationToken.None));

        misuse.Text.Title.ShouldStartWith("this campaign has no stage 'Spectrm'; nearest: Spectrum");
    }

    [Fact]
    public void A_chain_of_100000_steps_is_planned_without_recursion()
    {
        const int Length = 100_000;
        var steps = new Step[Length];
        for (int i = 0; i < Length; i++)
            steps[Length - 1 - i] = _bench.Join("Deep", $"{i}", $"deep/{i}.txt", i == 0 ? [] : [Artifact.Product($"deep/{i - 1}.txt")]);

        var plan = BuildPlan.Of([new ToyStage("Deep", steps)], ["Deep"]);

        plan.Steps.Count.ShouldBe(Length);
        plan.Steps[0].Step.Key.ShouldBe("0");
        plan.Steps[^1].Step.Key.ShouldBe($"{Length - 1}");
        CriticalPath.Of(plan, BuildLog.ReadOnly(new BuildFolder(_bench.Out)))[0].TotalSeconds.ShouldBe(Length);
    }

    [Fact]
    public void Forty_stacked_diamonds_are_planned_at_once()
    {
        var steps = new List<Step> { _bench.Join("D", "0", "0.txt", []) };
        for (int i = 1; i <= 40; i++)
        {
            steps.Add(_bench.Join("D", $"{i}l", $"{i}l.txt", [Artifact.Product($"{i - 1}.txt")]));
            steps.Add(_bench.Join("D", $"{i}r", $"{i}r.txt", [Artifact.Product($"{i - 1}.txt")]));
            steps.Add(_bench.Join("D", $"{i}", $"{i}.txt", [Artifact.Product($"{i}l.txt"), Artifact.Product($"{i}r.txt")]));
        }

        BuildPlan.Of([new ToyStage("D", steps)], ["D"]).Steps.Count.ShouldBe(121);
    }

    private Misuse Refused(params Step[] steps) =>
        Should.Throw<Misuse>(() => BuildRun.Start(_bench.Request([new ToyStage("A", steps)]), CancellationToken.None));
}
