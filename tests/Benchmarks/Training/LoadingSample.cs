using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Physics;
using TauPipeline.Simulation;
using TauPipeline.Stages;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>Simulated candidates in a shard, with the inputs of configs/cms-deeptau.yaml.</summary>
internal sealed class LoadingSample : IDisposable
{
    private static readonly Artifact Rows = Artifact.Product("train.h5"), Weights = Artifact.Product("weights.h5");

    private readonly string _folder = Directory.CreateTempSubdirectory("taupipeline-loading-").FullName;
    private readonly FeatureSettings _features;
    private readonly FeatureScaling _scaling;

    public LoadingSample(int events)
    {
        ConfigBlock root = CampaignFile.Load(Path.Combine(Environment.CurrentDirectory, "configs", "cms-deeptau.yaml"), [], []).Root;
        _features = FeatureSettings.Read(root.Block("definitions"), root.Block("train"));
        Batch[] batches = [.. new[] { "DYToLL_M50", "QCD_Pt15to1000" }.Select(process => Simulated(process, events))];
        Count = batches.Sum(batch => batch.Rows);
        using (TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(At(Rows))))
        {
            writer.Begin(batches[0].Schema, new Dictionary<string, string>());
            foreach (Batch batch in batches) writer.Append(batch);
            writer.Complete();
        }
        using (TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(At(Weights))))
        {
            var weights = new Batch([new Column<float>(CandidateColumns.Weight, new float[Count])]);
            writer.Begin(weights.Schema, new Dictionary<string, string>());
            writer.Append(weights);
            writer.Complete();
        }
        _scaling = new FeatureScaling(_features.Features.SelectMany(feature => feature.Cones.Select(cone =>
        {
            var statistics = new FeatureStatistics(feature, cone, 1 << 16);
            ConstituentCone[]? cones = feature.IsFlat ? null : _features.Cone.ConesOf(batches[0], feature.Constituents);
            statistics.Add(FeatureValues.Of(batches[0], feature).Of(cone, cones));
            return statistics.Scale();
        })));
    }

    /// <summary>Rows of the shard.</summary>
    public int Count { get; }

    /// <summary>An epoch of the rows, with grids or only what a flat network sees.</summary>
    public IEnumerable<TrainingBatch> Epoch(int number, int threads, bool grids, int batchRows)
    {
        ConfigBlock train = CampaignFile.Parse(
            $"train: {{ shuffle_rows: 8192, memory: 2 GB, loader_threads: {threads} }}").Root.Block("train");
        ConstituentForm form = grids ? ConstituentForm.Grids : ConstituentForm.None;
        string[] columns = [.. _features.ColumnsFor(form).Append(CandidateColumns.Type).Distinct(StringComparer.Ordinal)];
        var run = new StepRun(
            artifact => new ProductInput(At(artifact), artifact.Path == Rows.Path ? columns : [CandidateColumns.Weight], 256 << 20),
            artifact => throw new InvalidOperationException($"'{artifact.Path}' is not written"))
        {
            CampaignSeed = 1,
            Stage = "Train",
            Memory = 2L << 30,
            Scratch = _folder,
        };
        IReadOnlyList<InputShape> inputs = CandidateInputs.ShapesOf(_features);
        return new ShardSource(run, ([Rows], Weights), (_features, _scaling), grids ? inputs : [inputs[0]],
            TrainSettings.Read(train, ClassSettings.Standard)).Batches(number, new BatchCut(batchRows, LastBatch.Keep));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Batch Simulated(string process, int events)
    {
        var generator = new EventGenerator(Processes.ByName(process), 3, new SimulationSettings());
        Batch all = ForeignMissing.Marked(generator.Candidates(0, events));
        ReadOnlySpan<float> pt = all.Flat<float>(CandidateColumns.Pt);
        var kept = new List<int>();
        for (int row = 0; row < all.Rows; row++)
            if (pt[row] > 20) kept.Add(row);
        return all.Take([.. kept]).Only(_features.ColumnsFor(ConstituentForm.Grids))
            .With(new Column<int>(CandidateColumns.Type, new int[kept.Count]));
    }

    private string At(Artifact artifact) => Path.Combine(_folder, artifact.Path);
}
