using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Tests.EngineHost;
using Xunit;

namespace TauPipeline.Tests.Unit.BuildGraph;

/// <summary>An output folder held by who is no run.</summary>
public sealed class FolderClaimTests : IDisposable
{
    private readonly BuildBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void No_run_works_in_a_claimed_folder_and_after_it_everything_is_built_anew()
    {
        BuildRequest request = _bench.Request([new ToyStage("A", _bench.Join("A", "", "a.txt", []))]) with
        {
            Wait = false,
            CommandLine = "Clean --all",
        };
        _bench.Build(request);

        using (var claim = FolderClaim.Take(request, CancellationToken.None))
        {
            Should.Throw<StepFailed>(() => _bench.Build(request)).Message.ShouldContain("Clean --all");
            Should.Throw<StepFailed>(() => FolderClaim.Take(request, CancellationToken.None));
            claim.RemoveState();
            Directory.Exists(Path.Combine(_bench.Out, ".tau")).ShouldBeFalse();
        }

        File.Exists(Path.Combine(_bench.Out, "a.txt")).ShouldBeTrue();
        BuildBench.Outcomes(_bench.Build(request)).ShouldBe("A:Ran");
    }

    [Fact]
    public void A_lock_that_was_cleaned_away_between_opening_and_locking_is_none()
    {
        string path = Path.Combine(_bench.Root, "lock");
        using var opened = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        bool before = FolderLock.IsAt(path, opened);

        File.Delete(path);
        bool deleted = FolderLock.IsAt(path, opened);
        File.WriteAllText(path, "another's");

        (before, deleted, FolderLock.IsAt(path, opened)).ShouldBe((true, false, false));
    }

    // Each round the holder takes the lock's file away under those who wait for it: still only one of them may have the folder.
    [Fact]
    public void Of_many_that_clean_at_once_one_works_at_a_time()
    {
        BuildRequest request = _bench.Request([new ToyStage("A", _bench.Join("A", "", "a.txt", []))]) with { Reporter = new Silent() };
        int inside = 0, most = 0, rounds = 0;

        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
        {
            using var claim = FolderClaim.Take(request, CancellationToken.None);
            InterlockedMax(ref most, Interlocked.Increment(ref inside));
            Thread.Sleep(5);
            Interlocked.Decrement(ref inside);
            claim.RemoveState();
            Interlocked.Increment(ref rounds);
        });

        (most, rounds).ShouldBe((1, 24));
        Directory.Exists(Path.Combine(_bench.Out, ".tau")).ShouldBeFalse();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen = most; seen < value; seen = most) Interlocked.CompareExchange(ref most, value, seen);
    }

    private sealed class Silent : IBuildReporter
    {
        public void Report(BuildEvent happened) { }
    }
}
