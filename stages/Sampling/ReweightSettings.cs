using TauPipeline.Configuration;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A table of weights that the campaign asks for, and so a column of every mixed row.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Cells">The cells.</param>
/// <param name="Class">The column of whole numbers that rows, or constituents, are told apart by.</param>
/// <param name="Target">What the spectra are brought to.</param>
/// <param name="Ratios">The parts in which classes are to stand; 1 for those without one.</param>
public sealed record ReweightTable(
    string Name, CellBinning Cells, string Class, WeightTarget Target, IReadOnlyDictionary<int, double> Ratios)
{
    /// <summary>Weaver's way of weighing, in place of a target.</summary>
    public SamplingWeights? Sampling { get; init; }

    /// <summary>The columns it needs.</summary>
    public IEnumerable<string> Columns => Cells.Columns.Append(Class);
}

/// <summary>The block <c>reweight:</c>.</summary>
/// <param name="Tables">The tables, in the campaign's order.</param>
/// <param name="Classes">The classes of the campaign.</param>
/// <param name="Used">What enters fingerprints.</param>
public sealed record ReweightSettings(IReadOnlyList<ReweightTable> Tables, ClassScheme Classes, SettingsUsed Used)
{
    private static readonly string[] Kinds = ["mean", "min", "max", "uniform"];
    private static readonly string[] Methods = ["target", "flat", "reference"];

    /// <summary>Shards of each sample.</summary>
    public int Shards { get; private init; } = 1;

    /// <summary>Rows that are shuffled together.</summary>
    public int BlockRows { get; private init; }

    /// <summary>Whether a row, or constituent, in no cell of a table gets weight 0; else the step fails.</summary>
    public bool ZeroOutside { get; private init; }

    /// <summary>What becomes of cells with a target in which a class has no row.</summary>
    public EmptyCells Empty { get; private init; }

    /// <summary>Rows of each class that are counted; all if <see langword="null"/>.</summary>
    public long? CountRows { get; private init; }

    /// <summary>Whether counts of a part of the rows are scaled to all of them.</summary>
    public bool ScaleToAvailable { get; private init; } = true;

    /// <summary>The columns that rows get.</summary>
    public IEnumerable<string> Made => Tables.Select(table => table.Name);

    /// <summary>The columns that it needs.</summary>
    public IEnumerable<string> Columns => Tables.SelectMany(table => table.Columns).Distinct(StringComparer.Ordinal);

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expressions.Expression> Expressions => Tables.SelectMany(table => table.Cells.Variables);

    /// <summary>Reads the block.</summary>
    public static ReweightSettings Read(ConfigBlock block, CellSettings cells, ClassSettings classes)
    {
        var tables = new List<ReweightTable>();
        SettingsUsed used = classes.Used;
        foreach ((string name, ConfigBlock table) in block.Blocks("tables"))
        {
            tables.Add(Table(name, table, cells, classes.Scheme));
            used = CellSettings.Used(used.And(table.Used()), tables[^1].Cells);
        }
        if (tables.Count == 0) block.Wrong("tables", "at least one table of weights", "none");
        int shards = (int)block.Whole("shards", 1, 1, 10_000), blockRows = (int)block.Whole("block_rows", 100_000, 1, 10_000_000);
        bool zero = block.Choice("outside", ["fail", "zero"], "fail") == "zero", scale = block.Flag("scale_counts_to_available", true);
        EmptyCells empty = block.Choice("empty_cells", ["fail", "zero"], "fail") == "zero" ? EmptyCells.Zero : EmptyCells.Fail;
        long? counted = block.Has("count_rows") ? block.Whole("count_rows", null, 1) : null;
        return new ReweightSettings(tables, classes.Scheme, used.And(block.Used()).And("reweight.tables", tables.Select(table => table.Name)))
        {
            Shards = shards,
            BlockRows = blockRows,
            ZeroOutside = zero,
            Empty = empty,
            CountRows = counted,
            ScaleToAvailable = scale,
        };
    }

    private static ReweightTable Table(string name, ConfigBlock block, CellSettings cells, ClassScheme scheme)
    {
        CellBinning of = cells.Of(block);
        string @class = block.Text("class", CandidateColumns.Type);
        var ratios = block.NumberMap("ratios", 0, 1e9).ToDictionary(ratio => Number(block, "ratios", ratio.Name), ratio => ratio.Value);
        IReadOnlyList<string> texts = block.Texts("target", ["mean"]);
        WeightTarget target = texts is [var one] && Array.IndexOf(Kinds, one) is >= 0 and int kind
            ? new WeightTarget((TargetKind)kind, [])
            : new WeightTarget(TargetKind.Classes, [.. texts.Select(text => Number(block, "target", text))]);
        string method = block.Choice("method", Methods, Methods[0]);
        double threshold = block.Number("threshold", 10, "", 0, 100);
        if (method == "flat" && block.Has("target")) block.Wrong("target", "nothing with method: flat", string.Join(", ", texts));
        if (method == "reference" && block.Has("target") && target is not { Kind: TargetKind.Classes, Classes.Count: 1 })
            block.Wrong("target", "one class with method: reference", string.Join(", ", texts));
        return new ReweightTable(name, of, @class, target, ratios)
        {
            Sampling = method switch
            {
                "flat" => new SamplingWeights(SamplingMethod.Flat, null, threshold),
                "reference" => new SamplingWeights(SamplingMethod.Reference, target.Classes is [var only] ? only : null, threshold),
                _ => null,
            },
        };

        int Number(ConfigBlock from, string key, string text)
        {
            if (int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out int number)) return number;
            if (@class == CandidateColumns.Type) return from.Mistakes.Try(() => scheme.Parse(text).Index, 0);
            from.Wrong(key, $"{string.Join(", ", Kinds)}, or values of '{@class}'", text);
            return 0;
        }
    }
}
