using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Simulation;

namespace TauPipeline.Stages;

/// <summary>
/// The columns that all shards of a campaign have, from what each of its raw files can give: one type each, wide enough for all files.
/// </summary>
internal sealed class CampaignColumns(IngestSettings settings, IReadOnlyList<IngestedFile> files)
{
    /// <summary>Looks into every file that is not generated; one is open at a time.</summary>
    /// <exception cref="StepFailed">Files hold a column as numbers and as lists: names both.</exception>
    public Schema Find(StepRun run)
    {
        var common = new CommonSchema();
        foreach (IngestedFile file in files)
            if (Given(run, file) is { } given) common.Add(file.Raw.Path, given.Columns);
        Schema found = common.Build();
        // What no file has is still a column: a later stage names it.
        return new Schema(
            found.Columns.Concat(
                settings.Carried.Where(name => found.Find(name) is null).Select(name => new ColumnSpec(name, ColumnType.Float32))));
    }

    private Schema? Given(StepRun run, IngestedFile file)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        try
        {
            if (file.Dataset.Generated is { } generated && OutputLayout.ByName(generated.Layout) is var layout)
                return settings.MakerFor(new RawTableName(file.Raw.Path, "tree", layout.Tree, "branch"), layout.Schema, file.Raw.Path).Given;
            using RawFile raw = run.Stream<RawFile>(file.Raw);
            IRawTable table = raw.Table(settings.Layout.Table);
            RawTypes.Check(table, settings);
            return settings.MakerFor(table.Name, table.Schema, file.Raw.Path).Given;
        }
        catch (StepFailed)
        {
            // A file that cannot be ingested is told of by its own step, and stops no other.
            return null;
        }
    }
}
