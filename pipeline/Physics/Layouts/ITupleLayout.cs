using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// How one kind of raw tuple becomes candidates: which columns it needs, one row a candidate, and the truth. Whatever the
/// layout, candidates have the <see cref="CandidateColumns"/>; all other columns keep their names.
/// </summary>
public interface ITupleLayout
{
    /// <summary>Name of the table: a tree of a ROOT file, or what stands for it in another format.</summary>
    string Table { get; }

    /// <summary>The columns of run, luminosity section and event: what tells events apart.</summary>
    IReadOnlyList<string> Identity { get; }

    /// <summary>The column with the generator's weight of the event, if a file has it.</summary>
    string GeneratorWeight { get; }

    /// <summary>Where such files say how many events were generated, those without a candidate too.</summary>
    GeneratedTable Generated { get; }

    /// <summary>
    /// The columns needed to give the wanted ones from a table with this schema: those without which it cannot work, and those it can do
    /// without.
    /// </summary>
    /// <param name="file">What the table has.</param>
    /// <param name="wanted">Columns that expressions, discriminators and <c>keep</c> ask for.</param>
    LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted);

    /// <summary>The columns a candidate of such a file can have: what expressions are checked against.</summary>
    Schema CandidateSchema(Schema file);

    /// <summary>The candidates of some entries, with <see cref="CandidateColumns"/> first.</summary>
    /// <param name="entries">The columns of <see cref="Needs"/> that the table has.</param>
    /// <param name="firstEntry">Number of the first entry in its file.</param>
    Batch Candidates(Batch entries, long firstEntry);

    /// <summary>What is known of the truth of each candidate.</summary>
    CandidateTruth[] Truth(Batch candidates);
}

/// <summary>A table with a row a run or job that says what was generated: names in the order in which they are looked for.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Counts">Columns of the number of events.</param>
/// <param name="Sums">Columns of the sum of their weights.</param>
public sealed record GeneratedTable(string Table, IReadOnlyList<string> Counts, IReadOnlyList<string> Sums);

/// <summary>Columns to read: needed ones, ones that may be missing.</summary>
public sealed record LayoutNeeds(IReadOnlyList<string> Needed, IReadOnlyList<string> Optional)
{
    /// <summary>Needed ones without which there is no candidate, whatever a campaign calls optional.</summary>
    public IReadOnlyList<string> Essential { get; init; } = [];

    /// <summary>What those must hold that are taken for more than numbers of any kind.</summary>
    public IReadOnlyList<NeededColumn> Types { get; init; } = [];

    /// <summary>The same, but for these columns, which come from elsewhere.</summary>
    public LayoutNeeds Without(IReadOnlyList<string> columns) => new([.. Needed.Except(columns)], [.. Optional.Except(columns)])
    {
        Essential = [.. Essential.Except(columns)],
        Types = [.. Types.Where(needed => !columns.Contains(needed.Name))],
    };

    /// <summary>
    /// The table's columns in the types that are declared here: what entries are taken as, whatever numbers the file has.
    /// </summary>
    public Schema Declared(Schema table) => new(table.Columns.Select(column =>
        Types.FirstOrDefault(needed => needed.Name == column.Name)?.Type is { } type ? column with { Type = type } : column));
}

/// <summary>What a column must hold, where a file has it.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">Type that its numbers are taken as, in every file of a campaign; each file's own if <see langword="null"/>.</param>
/// <param name="Table">The table of which an entry has any number of rows; one number an entry if <see langword="null"/>.</param>
public sealed record NeededColumn(string Name, ColumnType? Type = null, string? Table = null)
{
    /// <summary>
    /// Whether that column is such a one: whole numbers are taken as other whole numbers that hold them, floats as floats of another
    /// precision.
    /// </summary>
    public bool Fits(ColumnSpec? found) =>
        found is not null && found.Table == Table && (Type is null || ColumnCast.IsAllowed(found.Type, Type.Value));

    /// <inheritdoc/>
    public override string ToString() =>
        (Type is { } type ? ColumnTypes.Name(type) : "a number") + (Table is null ? "" : $" for each {Table}");
}

/// <summary>The layouts by their names in campaigns.</summary>
public static class TupleLayouts
{
    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["tau_tuple", "nano_aod", "atlas_hdf5", "physlite", Flat];

    /// <summary>The name of the layout whose columns the campaign names.</summary>
    public const string Flat = "flat";

    /// <summary>The layout of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="columns">The columns of a flat one.</param>
    public static ITupleLayout ByName(string name, FlatColumns? columns = null) => name switch
    {
        Flat when columns is not null => new FlatLayout(columns),
        "nano_aod" => new NanoAodLayout(),
        "atlas_hdf5" => new FlatLayout(FlatColumns.AtlasHdf5),
        "physlite" => new PhysliteLayout(),
        _ => new TauTupleLayout(),
    };
}
