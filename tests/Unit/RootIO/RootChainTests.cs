using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

public sealed class RootChainTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Entries_are_counted_over_all_files_and_batches_end_with_their_file()
    {
        var chain = new RootChain("taus", _files.Chain(3, rows: 10));

        RootBatch[] batches = [.. chain.ReadColumns(["tau_id"], new RootReadOptions { FirstEntry = 8, LastEntry = 25, BatchEntries = 6 })];

        batches.Select(batch => (batch.FirstEntry, batch.Entries)).ShouldBe([(8L, 2), (10L, 6), (16L, 4), (20L, 5)]);
        batches.SelectMany(batch => batch["tau_id"].Values<int>().ToArray())
            .ShouldBe([-8, -9, .. Enumerable.Range(0, 10).Select(i => -i), -0, -1, -2, -3, -4]);
        chain.CountEntries().ShouldBe(30);
    }

    [Fact]
    public void Progress_counts_the_entries_of_the_whole_call_and_cancellation_ends_it()
    {
        var progress = new Told();
        using var stop = new CancellationTokenSource();
        var chain = new RootChain("taus", _files.Chain(2, rows: 10));

        foreach (
            RootBatch _ in chain.ReadColumns(
                ["tau_id"],
                new RootReadOptions
                {
                    FirstEntry = 4,
                    BatchEntries = 5,
                    Progress = progress,
                })) { }
        IEnumerator<RootBatch> batches = chain.ReadColumns(["tau_id"], new RootReadOptions { BatchEntries = 5, Cancellation = stop.Token })
            .GetEnumerator();
        batches.MoveNext().ShouldBeTrue();
        stop.Cancel();

        progress.Values.ShouldBe([5L, 6, 11, 16]);
        Should.Throw<OperationCanceledException>(() => batches.MoveNext());
    }

    [Fact]
    public void A_file_whose_branch_has_another_type_is_named()
    {
        string other = _files.Path("other.root");
        using (RootFileWriter writer = RootFileWriter.Create(other, RootCompression.None, "test"))
            writer.Tree("taus", new Schema([new ColumnSpec("tau_id", ColumnType.Float32)]))
                .Append(new Batch([new Column<float>("tau_id", new float[] { 1 })]));
        var chain = new RootChain("taus", [.. _files.Chain(1, rows: 10), other]);

        StepFailed failed = Should.Throw<StepFailed>(() => chain.ReadColumns(["tau_id"]).Count());

        failed.Text.Facts[0].Value.ShouldContain("other.root");
        failed.Text.Facts.ShouldContain(("expected", "int32"));
        failed.Text.Facts.ShouldContain(("found", "float32"));
    }

    [Fact]
    public void Entries_behind_the_last_file_are_refused() =>
        Should.Throw<StepFailed>(() =>
                new RootChain("taus", _files.Chain(2, rows: 10)).ReadColumns(["tau_id"], new RootReadOptions { LastEntry = 21 }).Count())
            .Text.Facts.ShouldContain(("entries", "20"));
}
