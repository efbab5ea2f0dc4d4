using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>The columns that make a candidate of a row; what is <see langword="null"/> files do not have.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Pt">Transverse momentum.</param>
/// <param name="Eta">Pseudorapidity.</param>
public sealed record FlatColumns(string Table, string Pt, string Eta)
{
    /// <summary>The unit of pt in GeV.</summary>
    public double PtUnit { get; init; } = 1;
    /// <summary>Azimuth, where files have it.</summary>
    public string? Phi { get; init; }
    /// <summary>Decay mode, where files have it.</summary>
    public string? DecayMode { get; init; }
    /// <summary>The generator's weight of the event, where files have it.</summary>
    public string? Weight { get; init; }
    /// <summary>Run number, where files have it.</summary>
    public string Run { get; init; } = "runNumber";
    /// <summary>Luminosity section, where files have it.</summary>
    public string Lumi { get; init; } = "lumiBlock";
    /// <summary>Event number, which all files have unless events are told apart by their entries.</summary>
    public string Event { get; init; } = "eventNumber";

    /// <summary>The jets of ATLAS training files, in MeV.</summary>
    public static FlatColumns AtlasHdf5 { get; } = new("jets", "pt", "eta") { PtUnit = 1e-3, Phi = "phi", Weight = "mcEventWeight" };
}

/// <summary>
/// Files with a row a candidate: a tree or a table of records, whose columns the campaign names (<c>ingest: flat:</c>), or ATLAS training
/// files (HDF5). All columns keep their names and units; the candidate's own pt is in GeV. Lists, and what stands beside records with slots
/// for each (<c>tracks</c>, without those whose <c>valid</c> is false), are its constituents. What a file does not have of a candidate's
/// columns is missing. Truth is the campaign's: over labels.
/// </summary>
public sealed class FlatLayout(FlatColumns columns) : ITupleLayout
{
    private readonly NeededColumn[] _needed =
    [
        new(columns.Event, ColumnType.UInt64), new(columns.Pt, ColumnType.Float32), new(columns.Eta, ColumnType.Float32),
    ];

    private readonly NeededColumn[] _optional =
    [
        new(columns.Run, ColumnType.UInt32), new(columns.Lumi, ColumnType.UInt32),
        .. columns.Phi is { } phi ? new[] { new NeededColumn(phi, ColumnType.Float32) } : [],
        .. columns.DecayMode is { } mode ? new[] { new NeededColumn(mode, ColumnType.Int32) } : [],
        .. columns.Weight is { } weight ? new[] { new NeededColumn(weight) } : [],
    ];

    /// <inheritdoc/>
    public string Table => columns.Table;

    /// <inheritdoc/>
    public IReadOnlyList<string> Identity { get; } = [columns.Run, columns.Lumi, columns.Event];

    /// <inheritdoc/>
    public string GeneratorWeight => columns.Weight ?? "";

    /// <inheritdoc/>
    public GeneratedTable Generated { get; } = new("cutBookkeeper/nominal/counts", ["count"], ["sum"]);

    /// <inheritdoc/>
    public LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted)
    {
        string[] needed = [.. _needed.Select(column => column.Name)];
        return new([.. needed.Union(wanted.Where(name => !CandidateColumns.IsMade(name)), StringComparer.Ordinal)],
            [.. _optional.Select(column => column.Name).Except(wanted)])
        {
            Essential = needed,
            Types = [.. _needed, .. _optional],
        };
    }

    /// <inheritdoc/>
    public Schema CandidateSchema(Schema file) =>
        new(LayoutColumns.Empty.Columns.Concat(file.Columns).DistinctBy(column => column.Name));

    /// <inheritdoc/>
    public Batch Candidates(Batch entries, long firstEntry)
    {
        int rows = entries.Rows;
        var numbers = new long[rows];
        for (int i = 0; i < rows; i++) numbers[i] = firstEntry + i;
        var pt = new float[rows];
        ReadOnlySpan<float> stored = entries.Flat<float>(columns.Pt);
        double perGeV = Math.Round(1 / columns.PtUnit);
        for (int i = 0; i < rows; i++) pt[i] = (float)(stored[i] / perGeV);
        return LayoutColumns.FirstThese(entries.With(
            Had<uint>(columns.Run, CandidateColumns.Run) ?? LayoutColumns.Constant(CandidateColumns.Run, 0u, rows),
            Had<uint>(columns.Lumi, CandidateColumns.Lumi) ?? LayoutColumns.Constant(CandidateColumns.Lumi, 0u, rows),
            Had<ulong>(columns.Event, CandidateColumns.Evt)!,
            new Column<long>(CandidateColumns.Entry, numbers),
            LayoutColumns.Constant(CandidateColumns.TauIndex, 0, rows),
            LayoutColumns.Constant(CandidateColumns.JetIndex, -1, rows),
            new Column<float>(CandidateColumns.Pt, pt),
            Had<float>(columns.Eta, CandidateColumns.Eta)!,
            Had<float>(columns.Phi, CandidateColumns.Phi) ?? LayoutColumns.Constant(CandidateColumns.Phi, float.NaN, rows),
            Had<int>(columns.DecayMode, CandidateColumns.DecayMode)
                ?? LayoutColumns.Constant(CandidateColumns.DecayMode, Missing.Of<int>(), rows),
            LayoutColumns.Constant(CandidateColumns.Dz, float.NaN, rows),
            columns.Weight is not { } weight || entries.Schema.Find(weight) is null
                ? LayoutColumns.Constant(CandidateColumns.Weight, 1f, rows)
                : LayoutColumns.Float32(entries[weight], CandidateColumns.Weight)));

        Column? Had<T>(string? name, string candidate) where T : unmanaged => name is null || entries.Schema.Find(name) is null
            ? null
            : entries[name].As(new ColumnSpec(candidate, ColumnTypes.Of<T>()));
    }

    /// <inheritdoc/>
    public CandidateTruth[] Truth(Batch candidates)
    {
        var truth = new CandidateTruth[candidates.Rows];
        Array.Fill(truth, new CandidateTruth(SampleType.Simulation, default));
        return truth;
    }
}
