using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;
using TauPipeline.Queues;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>The executor on a batch system that gets jobs lost, answers late, or not at all.</summary>
public sealed class BatchExecutorTests : IDisposable
{
    private readonly QueueBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private static QueueSettings Quick => QueueBench.Settings with
    {
        Poll = TimeSpan.FromMilliseconds(50),
        Latency = TimeSpan.FromMilliseconds(50),
        Slots = 1000,
        ArraySize = 100,
    };

    [Fact]
    public async Task A_thousand_jobs_of_which_some_get_lost_and_some_come_late_make_every_product()
    {
        string raws = Raws(1000);
        var site = new FakeSite(lostOf100: 5, lateOf100: 2);

        BuildSummary summary = await Build(site, Quick, raws);

        summary.Count(StepOutcome.Ran).ShouldBe(1002);
        for (int i = 0; i < 1000; i++) _bench.Read($"copy/{i}.txt").ShouldBe($"{i}");
        int again = summary.Steps.Sum(step => step.Attempts - 1);
        again.ShouldBeInRange(20, 90); // of 1,002 with 5 %, more than 4 standard deviations
        site.Jobs.ShouldBe(1002 + again);
        site.Arrays.ShouldBeLessThan(100);
        // A look tells of jobs that are there, however many have ended.
        ((double)site.Told / Math.Max(1, site.Looks)).ShouldBeLessThan(1000);
        Directory.GetDirectories(_bench.Queue).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_array_that_was_taken_without_an_answer_is_not_submitted_again()
    {
        var site = new FakeSite(0, 100) { SwallowsAnswer = true };

        (await Build(site, Quick, Raws(3))).FirstError.ShouldBeNull();

        site.Jobs.ShouldBe(5);
    }

    [Fact]
    public async Task A_batch_system_that_never_answers_is_given_up_and_the_jobs_are_left_to_the_next_run()
    {
        string raws = Raws(2);
        var silent = new FakeSite(0, 0) { IsSilent = true };

        BuildSummary summary = await Build(silent, Quick with { Patience = TimeSpan.FromMilliseconds(200) }, raws);

        summary.FirstError.ShouldBeOfType<StepFailed>().Text.Title.ShouldStartWith("Fake has not answered for 00:00:00.2");
        Directory.GetDirectories(_bench.Queue).ShouldHaveSingleItem();
        (await Build(new FakeSite(0, 0), Quick, raws)).FirstError.ShouldBeNull();
        Directory.GetDirectories(_bench.Queue).ShouldBeEmpty();
    }

    [Fact]
    public async Task Several_rows_go_in_a_job_where_that_is_said_and_a_stage_may_stay_here()
    {
        var site = new FakeSite(0, 0);
        JobSettings job = Quick.Job;
        QueueSettings settings = Quick with
        {
            Job = job with { RowsPerJob = 4 },
            Stages = new Dictionary<string, JobSettings> { ["Count"] = job with { IsHere = true }, ["Sum"] = job with { IsHere = true } },
        };

        (await Build(site, settings, Raws(10))).FirstError.ShouldBeNull();

        site.Jobs.ShouldBeInRange(3, 9); // ten rows, which may have come in more than one wave
    }

    [Fact]
    public async Task What_a_run_before_left_and_is_not_wanted_any_more_is_cancelled()
    {
        string raws = Raws(1);
        var silent = new FakeSite(0, 0) { IsSilent = true };
        await Build(silent, Quick with { Patience = TimeSpan.Zero }, raws);
        await File.WriteAllTextAsync(Path.Combine(raws, "0.txt"), "another text");

        (await Build(new FakeSite(0, 0), Quick, raws)).FirstError.ShouldBeNull();

        _bench.Read("copy/0.txt").ShouldBe("another text");
        Directory.GetDirectories(_bench.Queue).ShouldBeEmpty();
        // What its job may still have been writing to is swept away by the next run.
        (await Build(new FakeSite(0, 0), Quick, raws)).Count(StepOutcome.UpToDate).ShouldBe(3);
        Directory.GetFileSystemEntries(Path.Combine(_bench.Out, ".tau", "attempts")).ShouldBeEmpty();
    }

    private string Raws(int count)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_bench.Root, "raw")).FullName;
        for (int i = 0; i < count; i++) File.WriteAllText(Path.Combine(folder, $"{i}.txt"), $"{i}");
        return folder;
    }

    private async Task<BuildSummary> Build(FakeSite site, QueueSettings settings, string raws)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var executor = new BatchExecutor(site, settings, _bench.Queue, QueueBench.Host);
        return await BuildRun.Start(_bench.Request($"{raws},add", executor), limit.Token).Completion;
    }
}
