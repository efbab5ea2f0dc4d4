using System.Reflection;
using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>What a step notes for people.</summary>
public sealed class StepJournalTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Points_of_all_attempts_are_appended_and_outlive_the_step_which_is_no_other_for_them()
    {
        double loss = 0.5;
        bool fail = true;
        Step step = _bench.Custom("A", "a.txt", [], (run, output) =>
        {
            run.Journal.Note("loss", ("epoch", 1), ("loss", loss), ("gradient", double.NaN));
            if (fail) throw new StepFailed("not yet");
            run.Write(output, new ToyText("done"));
        });

        _bench.Build(new ToyStage("A", step)).Count(StepOutcome.Failed).ShouldBe(1);
        (loss, fail) = (0.25, false);
        _bench.Build(new ToyStage("A", step)).Count(StepOutcome.Ran).ShouldBe(1);
        string journal = Directory.GetFiles(Path.Combine(_bench.Out, "runs", "steps", "A")).ShouldHaveSingleItem();
        string[] all = [.. File.ReadAllLines(journal).Where(line => line.Length > 0)];
        string[] lines = [.. all.Select(line => Regex.Replace(line, @"""at"":1\d{12},", ""))]; // milliseconds of this century
        File.Delete(journal);

        lines.ShouldBe(
        [
            """{"series":"loss","epoch":1,"loss":0.5,"gradient":null}""",
            """{"series":"loss","epoch":1,"loss":0.25,"gradient":null}""",
        ]);
        _bench.Build(new ToyStage("A", step)).Count(StepOutcome.UpToDate).ShouldBe(1);
    }

    // Whoever could read it could make a result depend on what an earlier attempt happened to note.
    [Fact]
    public void A_step_can_note_and_nothing_else()
    {
        MethodInfo[] methods = typeof(StepJournal).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

        methods.Select(method => method.Name).ShouldBe(["Note", "Dispose"], ignoreOrder: true);
        methods.ShouldAllBe(method => method.ReturnType == typeof(void) && method.GetParameters().All(one => !one.IsOut));
        typeof(StepJournal).GetFields(BindingFlags.Public | BindingFlags.Instance).ShouldBeEmpty();
    }
}
