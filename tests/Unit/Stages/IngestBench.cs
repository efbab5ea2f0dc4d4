using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.RootIO;
using TauPipeline.Stages;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Runs Ingest over several raw files of one campaign, made as a test needs them.</summary>
internal sealed class IngestBench : IDisposable
{
    /// <summary>Runs the steps and keeps their products.</summary>
    public StageBench Stages { get; } = new();

    public void Dispose() => Stages.Dispose();

    public Batch[] Ingest(string yaml, params Artifact[] files)
    {
        IReadOnlyList<Step> steps = Steps(yaml, files);
        RunAll(steps);
        return [.. steps.Skip(1).Select(step => Stages.Rows(step.Writes[0]))];
    }

    public StepRun RunAll(IReadOnlyList<Step> steps) => steps.Select(Stages.Run).ToArray()[^1];

    public GeneratedEvents Events(string yaml, Artifact file)
    {
        IReadOnlyList<Step> steps = Steps(yaml, file);
        RunAll(steps);
        return Stages.Get((Artifact<GeneratedEvents>)steps[1].Writes[1]);
    }

    public static IReadOnlyList<Step> Steps(string yaml, params Artifact[] files) => Steps(yaml, null, files);

    public static IReadOnlyList<Step> Steps(string yaml, long? limit, params Artifact[] files)
    {
        IngestSettings settings = IngestSettings.Read(Campaigns.Root(yaml).Block("ingest"), ClassSettings.Standard, [], limit);
        return new IngestStage(
            [new Dataset("DY", 0, DatasetUse.Both, null, [.. files.Select(file => new RawEntry(Path.GetFileName(file.Path), file))])],
            settings).Steps();
    }

    public Artifact Nano(string name, params Column[] others) => NanoOf(name, [0, 2, 3], _ => others, null);

    public Artifact Nano(string name, string without) => NanoOf(name, [0, 2, 3], rows => [], null, without);

    public Artifact Tuple(string name, Batch rows, Batch? summary = null)
    {
        Artifact raw = Artifact.Product($"raw/{name}");
        using RootFileWriter file = RootFileWriter.Create(Stages.At(raw), RootCompression.None);
        file.Tree("taus", rows.Schema).Append(rows);
        if (summary is not null) file.Tree("summary", summary.Schema).Append(summary);
        return raw;
    }

    // Two events; the columns that make a candidate in their usual types, or as given.
    public Artifact NanoOf(string name, int[] offsets, Func<int, Column[]> others, Batch? runs, string without = "")
    {
        int candidates = offsets[^1];
        Batch rows = new Batch(
        [
            new Column<uint>("run", new uint[] { 1, 1 }),
            new Column<uint>("luminosityBlock", new uint[] { 5, 5 }),
            new Column<ulong>("event", new ulong[] { 11, 12 }),
            .. new[] { "Tau_pt", "Tau_eta", "Tau_phi", "Tau_dz" }.Select(
                Column (column) => new JaggedColumn<float>(column, "Tau", offsets, new float[candidates])),
            new JaggedColumn<int>("Tau_decayMode", "Tau", offsets, new int[candidates]),
        ]).With(others(candidates));
        rows = rows.Only(rows.Schema.Columns.Select(column => column.Name).Where(column => column != without));
        Artifact raw = Artifact.Product($"raw/{name}");
        using RootFileWriter file = RootFileWriter.Create(Stages.At(raw), RootCompression.None);
        file.Tree("Events", rows.Schema).Append(rows);
        if (runs is not null) file.Tree("Runs", runs.Schema).Append(runs);
        return raw;
    }

    public static JaggedColumn<T> Taus<T>(string name, params T[] values)
        where T : unmanaged => new(name, "Tau", new[] { 0, 2, 3 }, values);
}
