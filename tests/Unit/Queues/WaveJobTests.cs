using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Queues;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>A job on its machine, without a batch system.</summary>
public sealed class WaveJobTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tau-wave-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_job_works_on_its_rows_and_tells_how_each_ended()
    {
        (WaveFolder folder, ContentHash hash) = Freeze(rowsPerJob: 2, "a", "b", "c");

        (await Run(folder, hash, job: 0)).ShouldBe(0);

        folder.Ended().ShouldBe([0, 1]);
        RowEndFile end = folder.EndOf(0);
        (end.How, end.Tail, end.WasKilled, end.Machine)
            .ShouldBe(("exit code 0", $"exec-step --plan={_root}/a.json --row=0", false, Environment.MachineName));
        (await Run(folder, hash, job: 1)).ShouldBe(0);
        folder.Ended().ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task Rows_in_another_order_than_submitted_are_refused()
    {
        (WaveFolder folder, ContentHash hash) = Freeze(1, "a", "b");
        Freeze(1, "b", "a");

        Misuse refusal = await Should.ThrowAsync<Misuse>(() => Run(folder, hash, job: 0));

        refusal.Text.Title.ShouldBe("the rows are not those that were submitted");
        folder.Ended().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_machine_that_does_not_see_the_files_says_so()
    {
        (WaveFolder folder, ContentHash hash) = Freeze(1, "a");
        File.Delete(folder.File);

        (await Should.ThrowAsync<Misuse>(() => Run(folder, hash, job: 0))).Text.Title
            .ShouldBe("this machine does not see the file of the wave");
    }

    [Fact]
    public async Task A_row_that_was_given_up_or_has_ended_is_left_alone()
    {
        (WaveFolder folder, ContentHash hash) = Freeze(3, "a", "b", "c");
        Directory.Delete(Path.Combine(_root, "b"));
        folder.End(2, new RowEndFile("before", "", false, 0, "elsewhere"));

        await Run(folder, hash, job: 0);

        folder.Ended().ShouldBe([0, 2]);
        folder.EndOf(2).How.ShouldBe("before");
    }

    private (WaveFolder Folder, ContentHash Hash) Freeze(int rowsPerJob, params string[] steps)
    {
        var folder = new WaveFolder(Path.Combine(_root, "wave"));
        WaveRow[] rows = [.. steps.Select(Row)];
        return (folder, folder.Freeze(new WaveFile(["echo"], "Toy", 1, 1, 60, rowsPerJob, rows)));
    }

    private WaveRow Row(string step)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, step)).FullName;
        return new WaveRow(
            step,
            ContentHash.Of(step).ToString(),
            Path.Combine(_root, step + ".json"),
            0,
            folder,
            Path.Combine(folder, "result.json"),
            Path.Combine(_root, step + ".log"),
            1,
            new Dictionary<string, string>());
    }

    private static Task<int> Run(WaveFolder folder, ContentHash hash, int job)
    {
        IReadOnlyList<string> words = WaveJob.Arguments(folder.File, hash);
        return WaveJob.Run([.. words.Take(words.Count - 1), $"{words[^1]}{job}"], CancellationToken.None);
    }
}
