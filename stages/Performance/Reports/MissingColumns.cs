using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>Columns that raw files could not give: not a number in their rows, the middle of the scaled range to the network.</summary>
internal sealed class MissingColumns
{
    private readonly IReadOnlyList<(string Dataset, int Files, string Column)> _missing;

    public MissingColumns(StepRun run, IReadOnlyList<IngestedFile> files) => _missing =
    [
        .. from file in files
           from column in Of(run, file)
           group file by (file.Dataset.Name, Column: column) into lacking
           orderby lacking.Key.Column
           select (lacking.Key.Name, lacking.Count(), lacking.Key.Column),
    ];

    public IEnumerable<ReportNote> Notes =>
        _missing.GroupBy(one => one.Dataset)
            .Select(one => new ReportNote(
                $"Files of {one.Key} lack the branches of {one.Count()} columns, listed under Inputs of the network: features among them are missing to it, and a stored discriminator among them is not shown."
            ));

    public IEnumerable<ReportBlock> Tables => _missing.Count == 0 ? [] :
    [
        new ReportTable("Columns that raw files could not give", [new("Column"), new("Dataset"), new("Files without it", true)],
            [.. _missing.Select(one => (IReadOnlyList<string>)[one.Column, one.Dataset, CellText.Count(one.Files)])]),
    ];

    private static string[] Of(StepRun run, IngestedFile file)
    {
        using TupleShardReader reader = run.Stream<TupleShardReader>(file.Shard);
        return reader.Attributes.GetValueOrDefault("missing_columns", "").Split(", ", StringSplitOptions.RemoveEmptyEntries);
    }
}
