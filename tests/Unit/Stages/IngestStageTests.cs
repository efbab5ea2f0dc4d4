using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Hdf5IO;
using TauPipeline.Tests.Unit.Physics;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class IngestStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Hdf5Fact]
    public void A_ROOT_file_becomes_a_shard_that_says_what_it_lacks()
    {
        Artifact raw = Artifact.Product("a.root");
        using (RootFileWriter file = RootFileWriter.Create(_bench.At(raw), RootCompression.Zstd, "test"))
            file.Tree("taus", TauTupleRows.Of().Schema).Append(TauTupleRows.Of(new(30, 0.5f) { Jet = 1 }, new(40, 0.5f), new(50, 0.5f) { Jet = 1 }));
        IngestSettings settings = IngestSettings.Read(Campaigns.Root("ingest: { columns: { twice: 2 * tau_pt, heavy: tau_mass }, optional: tau_mass }").Block("ingest"), ClassSettings.Standard, [], null);
        Step step = new IngestStage([new Dataset("DY", 0, DatasetUse.Both, null, [new RawEntry("a", raw)])], settings).Steps().Single();

        StepRun run = _bench.Run(step);

        using TupleShardReader shard = TupleShardReader.Open(new ProductInput(_bench.At(step.Writes.Single())));
        Batch rows = shard.Read(0, 2);
        shard.Rows.ShouldBe(2);
        shard.Attributes["missing_columns"].ShouldBe("heavy");
        rows.Flat<float>("twice").ToArray().ShouldBe([60f, 100f]);
        rows.Flat<long>(CandidateColumns.Entry).ToArray().ShouldBe([0L, 2L]);
        run.Rows.Total(RowFate.Dropped).ShouldBe(1);
    }
}
