using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What of rows, or of one kind of constituents, goes into files for training elsewhere.</summary>
/// <param name="Name">The table: <c>jets</c> for rows.</param>
/// <param name="Inputs">What the network sees, which norm_dict.yaml has.</param>
/// <param name="Labels">What else there is; whole numbers are in class_dict.yaml.</param>
/// <param name="Slots">Constituents kept of each row; as many as the fullest row has if <see langword="null"/>.</param>
public sealed record TrainingTable(string Name, IReadOnlyList<string> Inputs, IReadOnlyList<string> Labels, int? Slots)
{
    /// <summary>The table of rows.</summary>
    public const string Jets = "jets";

    /// <summary>Whether it holds rows, not constituents.</summary>
    public bool IsRows => Name == Jets;

    /// <summary>The column of a member.</summary>
    public string ColumnOf(string member) => IsRows ? member : $"{Name}_{member}";

    /// <summary>The columns it needs.</summary>
    public IEnumerable<string> Columns => Inputs.Concat(Labels).Select(ColumnOf);
}

/// <summary>The block <c>training_files:</c>.</summary>
/// <param name="Tables">Rows first, then constituents.</param>
/// <param name="RowsPerFile">Most rows of a file.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record TrainingFilesSettings(IReadOnlyList<TrainingTable> Tables, long RowsPerFile, SettingsUsed Used)
{
    /// <summary>The columns of weights that mixing made, and go along.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    /// <summary>The columns it needs of every row.</summary>
    public IEnumerable<string> Columns => Tables.SelectMany(table => table.Columns);

    /// <summary>What mean, spread and class weights are taken from.</summary>
    public IEnumerable<string> NormColumns => Columns.Append(CandidateColumns.Type).Distinct(StringComparer.Ordinal);

    /// <summary>Reads the block; <see langword="null"/> where the campaign has none.</summary>
    public static TrainingFilesSettings? Read(ConfigBlock root, MixingSettings mixing)
    {
        if (!root.Has("training_files")) return null;
        ConfigBlock block = root.Block("training_files");
        var tables = new List<TrainingTable>();
        SettingsUsed used = SettingsUsed.None.And("mixing", mixing.Way);
        foreach ((string name, ConfigBlock table) in block.Blocks("variables"))
        {
            int? slots = name != TrainingTable.Jets && table.Has("slots") ? (int)table.Whole("slots", null, 1, 10_000) : null;
            tables.Add(new TrainingTable(name, table.Texts("inputs"), table.Texts("labels", []), slots));
            used = used.And(table.Used());
        }
        if (tables.Count == 0 || !tables[0].IsRows) block.Wrong("variables", "jets first, then constituents", "none");
        long rows = block.Whole("rows_per_file", long.MaxValue, 1);
        used = used.And(block.Used()).And("training_files.variables", tables.Select(table => table.Name));
        return new TrainingFilesSettings(tables, rows, used) { Weights = mixing.Made };
    }

    /// <summary>The tables of files of such rows.</summary>
    /// <param name="rows">The columns of the rows.</param>
    /// <param name="slots">The constituents of the fullest row, by table.</param>
    public IReadOnlyList<RecordTable> Records(Schema rows, IReadOnlyDictionary<string, int> slots) =>
    [
        .. Tables.Select(table => new RecordTable(table.Name, table.IsRows ? 0 : table.Slots ?? Math.Max(1, slots[table.Name]),
        [
            .. table.Inputs.Concat(table.Labels).Select(member => new RecordMember(member, ColumnOf(rows, table.ColumnOf(member)))),
            .. table.IsRows
                ? new[] { new RecordMember("flavour_label", new ColumnSpec(CandidateColumns.Type, ColumnType.Int32)) }
                : Array.Empty<RecordMember>(),
            .. Weights.Select(rows.Find).OfType<ColumnSpec>().Where(weight => weight.Table == (table.IsRows ? null : table.Name))
                .Select(weight => new RecordMember(weight.Name, weight)),
        ])),
    ];

    private static ColumnSpec ColumnOf(Schema rows, string column) => rows.Columns[rows.IndexOf(column)];
}
