using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>A mixing of another kind than thinning: it holds rows back, leaves some out and takes others more than once.</summary>
public sealed class MixWriterTests : IDisposable
{
    private static readonly Artifact Shard = Artifact.Product("split/train/DY/a.h5"), Mixed = Artifact.Product("mixed.h5");

    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    // Blocks of four rows: when a row that was held back is written, the reader is blocks ahead.
    [Fact]
    public void A_row_that_was_held_back_is_written_as_it_was_read()
    {
        Batch mixed = Mix(new EveryThirdTwiceLastFirst(), out RowLedger ledger);

        ulong[] events = mixed.Flat<ulong>(CandidateColumns.Evt).ToArray();
        events.GroupBy(evt => evt).ShouldAllBe(same => same.Count() == (same.Key % 3 == 0 ? 2 : 1));
        events.ShouldNotContain(evt => evt % 3 == 1);
        mixed.Flat<float>(CandidateColumns.Pt).ToArray().ShouldBe(events.Select(evt => 30f + evt));
        mixed.Flat<float>(CandidateColumns.Weight).ToArray().ShouldBe(events.Select(WeightOf));
        // Of 30 rows 10 are left out, 10 taken once and 10 twice.
        Line(ledger, RowFate.In).ShouldBe((30, Sum(_ => true)));
        Line(ledger, RowFate.Dropped).ShouldBe((10, Sum(evt => evt % 3 == 1)));
        Line(ledger, RowFate.Repeated).ShouldBe((10, Sum(evt => evt % 3 == 0)));
        Line(ledger, RowFate.Out).ShouldBe((30, Sum(evt => evt % 3 == 2) + 2 * Sum(evt => evt % 3 == 0)));
        ledger.Closes.ShouldBeTrue();
    }

    [Fact]
    public void A_row_that_a_mixing_forgets_leaves_the_books_open()
    {
        Should.Throw<InvalidOperationException>(() => Mix(new Forgetful(), out _)).Message.ShouldContain("does not close");
    }

    private static float WeightOf(ulong evt) => evt % 4 == 0 ? -0.5f : 1.5f;

    private static double Sum(Func<ulong, bool> which) =>
        Enumerable.Range(0, 30).Select(evt => (ulong)evt).Where(which).Sum(evt => (double)WeightOf(evt));

    private static (long Rows, double Weight) Line(RowLedger ledger, RowFate fate)
    {
        LedgerLine line = ledger.Lines.Single(line => line.Fate == fate);
        return (line.Rows, line.Weight);
    }

    private Batch Mix(IMixing mixing, out RowLedger ledger)
    {
        Batch rows = ShardRows.Of(SamplingFlow.TausAndJets(30, 0), pt: i => 30 + i);
        float[] weights = [.. Enumerable.Range(0, 30).Select(evt => WeightOf((ulong)evt))];
        _bench.Put(Shard, rows.With(new Column<float>(CandidateColumns.Weight, weights)));
        var group = new MixGroupSettings("taus", ["DY"], [StandardClasses.Tau]);
        var source = new MixSource(group, [new PartShard(Campaigns.Dataset("DY"), "a", Shard)]);
        StepRun run = _bench.Run(new Step
        {
            Stage = "Resample",
            Reads = [new StepInput("tuple", Shard)],
            Writes = [Mixed],
            Settings = SettingsUsed.None,
            CountsRows = true,
            Work = run => Write(run, source, mixing),
        });
        ledger = run.Rows;
        return _bench.Rows(Mixed);
    }

    private static void Write(StepRun run, MixSource source, IMixing mixing)
    {
        using var rows = new MixRows(run, [source], (0, 1), StandardClasses.Scheme, blockRows: 4);
        using TupleShardWriter writer = run.Create<TupleShardWriter>(Mixed);
        writer.Begin(rows.Schema, new Dictionary<string, string>());
        new MixWriter(writer.Append, rows.Schema, run.Rows).Write(mixing.Mix(rows.Candidates));
        rows.CountUnused();
        writer.Complete();
    }

    private sealed class EveryThirdTwiceLastFirst : IMixing
    {
        public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
        {
            var held = new Stack<MixCandidate>();
            while (groups[0].MoveNext()) held.Push(groups[0].Current);
            foreach (MixCandidate candidate in held)
            {
                ulong evt = candidate.Row.Batch.Flat<ulong>(CandidateColumns.Evt)[candidate.Row.Index];
                int copies = evt % 3 == 0 ? 2 : evt % 3 == 1 ? 0 : 1;
                yield return new MixStep(0, candidate, copies, copies == 2 ? "resampled" : "not resampled");
            }
        }
    }

    private sealed class Forgetful : IMixing
    {
        public IEnumerable<MixStep> Mix(IReadOnlyList<IEnumerator<MixCandidate>> groups)
        {
            groups[0].MoveNext();
            while (groups[0].MoveNext()) yield return new MixStep(0, groups[0].Current, 1, "");
        }
    }
}
