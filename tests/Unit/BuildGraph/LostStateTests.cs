using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>The engine's own knowledge is lost, cut off by a loss of power, or another version's.</summary>
public sealed class LostStateTests : IDisposable
{
    private readonly GraphBench _graph = new();

    public void Dispose() => _graph.Dispose();

    private string Own => Path.Combine(_graph.Bench.Out, ".tau");

    private string Log => Path.Combine(Own, "log");

    // The lock holds the hashes of products and no fingerprints, so it cannot say that a product belongs to these inputs:
    // nothing is taken over, and nothing is lost.
    [Fact]
    public void Without_its_own_folder_everything_is_built_again_to_the_same_bytes_and_the_products_stand_meanwhile()
    {
        _graph.Prepare(isBuilt: false);
        _graph.Bench.Build(_graph.Request());
        IReadOnlyDictionary<string, string> before = GraphBench.Products(_graph.Bench.Out);
        Directory.Delete(Own, recursive: true);

        bool stood = true;
        BuildSummary summary = _graph.Bench.Build(
            _graph.Request() with
            {
                Passing = _ =>
                    stood &= before
                        .Keys.Where(file => !file.StartsWith("mix/", StringComparison.Ordinal))
                        .All(file => File.Exists(Path.Combine(_graph.Bench.Out, file))),
            });

        stood.ShouldBeTrue();
        summary.Count(StepOutcome.Ran).ShouldBe(20);
        _graph.ShouldHeal("a lost folder of the engine").Count(StepOutcome.UpToDate).ShouldBe(20);
    }

    [Fact]
    public void Without_its_products_a_folder_is_filled_from_the_cache_and_no_step_works()
    {
        _graph.Prepare(isBuilt: false);
        BuildRequest cached = _graph.Request() with { Cache = new CacheSettings(Path.Combine(_graph.Bench.Root, "cache")) };
        _graph.Bench.Build(cached);
        foreach (string file in GraphBench.Products(_graph.Bench.Out).Keys) File.Delete(Path.Combine(_graph.Bench.Out, file));

        BuildSummary summary = _graph.Bench.Build(cached);

        summary.Count(StepOutcome.Restored).ShouldBe(20);
        _graph.ShouldHeal("deleted products").Count(StepOutcome.UpToDate).ShouldBe(20);
    }

    // Outputs are not synced before they are announced. After a loss of power a product may hold zeros though the log, which
    // is synced, says that it is done; in the worst case even size and times are those of the log. What was just committed
    // is racy by its change time, and so read again by the next run.
    [Fact]
    public void A_product_torn_by_a_loss_of_power_is_found_even_if_its_stamp_is_the_one_in_the_log()
    {
        _graph.Prepare(isBuilt: false);
        _graph.Bench.Build(_graph.Request());
        var folder = new BuildFolder(_graph.Bench.Out);
        string torn = folder.Product("fold.txt");
        using (var log = BuildLog.Open(folder, _ => { }))
        {
            SeenContent seen = log.File("fold.txt")!.Value;
            seen.Racy.ShouldBeTrue();
            using (FileStream file = File.OpenWrite(torn)) file.Write(new byte[seen.Stamp.Size]);
            log.Append(new FileSeen("fold.txt", seen with { Stamp = FileStamp.Of(torn)!.Value }));
        }

        BuildSummary summary = _graph.Bench.Build(_graph.Request());

        summary.Steps.Single(step => step.Outcome == StepOutcome.RanUnchanged).Step.Id.ShouldBe("Fold");
        _graph.ShouldHeal("a loss of power");
    }

    [Theory]
    [InlineData("TAULOG1\nwhat only that version knows", "log.format-1-1", "has format 1, which this version does not read")]
    [InlineData("TAULOG\nno number", "log.corrupt-1", "is not one")]
    [InlineData("TA", "log.corrupt-1", "is not one")]
    public void An_older_log_is_set_aside_and_what_was_built_is_built_again(string text, string aside, string note)
    {
        _graph.Prepare(isBuilt: true);
        File.WriteAllText(Log, text);

        _graph.Bench.Build(_graph.Request()).Count(StepOutcome.Ran).ShouldBe(20);

        _graph.Bench.Events.OfType<BuildNote>()
            .ShouldContain(told =>
                told.Text.Contains(note, StringComparison.Ordinal) && told.Text.Contains(aside, StringComparison.Ordinal));
        File.ReadAllText(Path.Combine(Own, aside)).ShouldBe(text);
        _graph.ShouldHeal("an older log");
    }

    [Fact]
    public void A_newer_log_is_refused_by_whoever_reads_it_and_nothing_is_touched()
    {
        _graph.Prepare(isBuilt: true);
        byte[] newer = [.. "TAULOG12\n"u8, .. File.ReadAllBytes(Log)];
        File.WriteAllBytes(Log, newer);
        IReadOnlyDictionary<string, string> before = GraphBench.Products(_graph.Bench.Out);

        Misuse misuse = Should.Throw<Misuse>(() => _graph.Bench.Build(_graph.Request()));
        Should.Throw<Misuse>(() => BuildPreview.Of(_graph.Request(), CancellationToken.None)).Message.ShouldBe(misuse.Message);
        Should.Throw<Misuse>(() => BuildState.Of(_graph.Bench.Out)).Message.ShouldBe(misuse.Message);

        misuse.Text.Title.ShouldBe("the build log was written by a newer version");
        misuse.Text.Facts.ShouldBe([("log", Log), ("format", "12; this version knows 2")]);
        File.ReadAllBytes(Log).ShouldBe(newer);
        GraphBench.Products(_graph.Bench.Out).ShouldBe(before);
        Directory.GetFiles(Own).Select(Path.GetFileName).ShouldNotContain(name => name!.StartsWith("log.", StringComparison.Ordinal));
    }
}
