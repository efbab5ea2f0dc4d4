using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// ATLAS training files (HDF5): one record of <c>jets</c> is a candidate, and what stands beside it with slots for each jet (<c>tracks</c>)
/// are its constituents, without the slots whose <c>valid</c> is false. All columns keep their names and units, MeV; the candidate's own pt
/// is in GeV. What a file does not have of a candidate's columns (phi, decay mode) is missing. Truth is the campaign's: over labels.
/// </summary>
public sealed class AtlasHdf5Layout : ITupleLayout
{
    private const string Run = "runNumber", Lumi = "lumiBlock", Event = "eventNumber", EventWeight = "mcEventWeight";
    private const double MeVInAGeV = 1000;

    private static readonly NeededColumn[] NeededTypes =
    [
        new(Event, ColumnType.UInt64), new("pt", ColumnType.Float32), new("eta", ColumnType.Float32),
    ];

    private static readonly NeededColumn[] OptionalTypes =
    [
        new(Run, ColumnType.UInt32), new(Lumi, ColumnType.UInt32), new("phi", ColumnType.Float32), new(EventWeight),
    ];

    /// <inheritdoc/>
    public string Table => "jets";

    /// <inheritdoc/>
    public IReadOnlyList<string> Identity { get; } = [Run, Lumi, Event];

    /// <inheritdoc/>
    public string GeneratorWeight => EventWeight;

    /// <inheritdoc/>
    public GeneratedTable Generated { get; } = new("cutBookkeeper/nominal/counts", ["count"], ["sum"]);

    /// <inheritdoc/>
    public LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted)
    {
        string[] needed = [.. NeededTypes.Select(column => column.Name)];
        return new([.. needed.Union(wanted.Where(name => !CandidateColumns.IsMade(name)), StringComparer.Ordinal)],
            [.. OptionalTypes.Select(column => column.Name).Except(wanted)])
        {
            Essential = needed,
            Types = [.. NeededTypes, .. OptionalTypes],
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
        ReadOnlySpan<float> mev = entries.Flat<float>("pt");
        for (int i = 0; i < rows; i++) pt[i] = (float)(mev[i] / MeVInAGeV);
        return LayoutColumns.FirstThese(entries.With(
            Had<uint>(Run, CandidateColumns.Run) ?? LayoutColumns.Constant(CandidateColumns.Run, 0u, rows),
            Had<uint>(Lumi, CandidateColumns.Lumi) ?? LayoutColumns.Constant(CandidateColumns.Lumi, 0u, rows),
            Had<ulong>(Event, CandidateColumns.Evt)!,
            new Column<long>(CandidateColumns.Entry, numbers),
            LayoutColumns.Constant(CandidateColumns.TauIndex, 0, rows),
            LayoutColumns.Constant(CandidateColumns.JetIndex, -1, rows),
            new Column<float>(CandidateColumns.Pt, pt),
            Had<float>("eta", CandidateColumns.Eta)!,
            Had<float>("phi", CandidateColumns.Phi) ?? LayoutColumns.Constant(CandidateColumns.Phi, float.NaN, rows),
            LayoutColumns.Constant(CandidateColumns.DecayMode, Missing.Of<int>(), rows),
            LayoutColumns.Constant(CandidateColumns.Dz, float.NaN, rows),
            entries.Schema.Find(EventWeight) is null
                ? LayoutColumns.Constant(CandidateColumns.Weight, 1f, rows)
                : LayoutColumns.Float32(entries[EventWeight], CandidateColumns.Weight)));

        Column? Had<T>(string name, string candidate) where T : unmanaged =>
            entries.Schema.Find(name) is null ? null : entries[name].As(new ColumnSpec(candidate, ColumnTypes.Of<T>()));
    }

    /// <inheritdoc/>
    public CandidateTruth[] Truth(Batch candidates)
    {
        var truth = new CandidateTruth[candidates.Rows];
        Array.Fill(truth, new CandidateTruth(SampleType.Simulation, default));
        return truth;
    }
}
