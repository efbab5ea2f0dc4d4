using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// CMS NanoAOD: one entry of <c>Events</c> is one event, and each of its <c>Tau_*</c> is a candidate. Event columns
/// are repeated for each candidate; <c>matchedJet_X</c> is <c>Jet_X</c> of the jet that <c>Tau_jetIdx</c> points to (missing without one).
/// </summary>
public sealed class NanoAodLayout : ITupleLayout
{
    private const string MatchedJet = "matchedJet_";
    private const string JetLink = "Tau_jetIdx",
        Flavour = "Tau_genPartFlav",
        GenJetLink = "Jet_genJetIdx",
        HasGenJet = "matchedJet_genJetIdx";
    private static readonly NeededColumn[] NeededTypes =
    [
        new("run", ColumnType.UInt32),
        new("luminosityBlock", ColumnType.UInt32),
        new("event", ColumnType.UInt64),
        new("Tau_pt", ColumnType.Float32, "Tau"),
        new("Tau_eta", ColumnType.Float32, "Tau"),
        new("Tau_phi", ColumnType.Float32, "Tau"),
        new("Tau_decayMode", null, "Tau"),
        new("Tau_dz", ColumnType.Float32, "Tau"),
    ];

    private static readonly NeededColumn[] OptionalTypes =
    [
        new(Flavour, null, "Tau"),
        new(JetLink, null, "Tau"),
        new(GenJetLink, null, "Jet"),
        new("genWeight"),
    ];
    private static readonly string[] Needed = [.. NeededTypes.Select(column => column.Name)],
        Optional = [.. OptionalTypes.Select(column => column.Name)];

    /// <inheritdoc/>
    public string Table => "Events";

    /// <inheritdoc/>
    public IReadOnlyList<string> Identity { get; } = ["run", "luminosityBlock", "event"];

    /// <inheritdoc/>
    public string GeneratorWeight => "genWeight";

    /// <inheritdoc/>
    public GeneratedTable Generated { get; } = new("Runs", ["genEventCount", "genEventCount_"], ["genEventSumw", "genEventSumw_"]);

    /// <inheritdoc/>
    public LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted)
    {
        string[] own = [.. wanted.Where(name => !CandidateColumns.IsMade(name))];
        IEnumerable<string> read = own.Select(name => IsMatchedJet(name) ? OfJet(name) : name);
        // What is asked of the matched jet needs the link to it, which candidates can else do without.
        string[] optional = own.Any(IsMatchedJet) ? [.. Optional.Except([JetLink], StringComparer.Ordinal)] : Optional;
        return new(
            [
                .. Needed.Union(read, StringComparer.Ordinal)
                    .Union(Optional.Except(optional), StringComparer.Ordinal)
                    .Except(optional, StringComparer.Ordinal),
            ],
            optional)
        {
            Essential = Needed,
            Types =
            [
                .. NeededTypes,
                .. OptionalTypes,
                .. own.Where(IsMatchedJet).Select(name => new NeededColumn(OfJet(name), null, "Jet")),
            ],
        };
    }

    /// <inheritdoc/>
    public Schema CandidateSchema(Schema file) => new(LayoutColumns.Empty.Columns.Concat(file.Columns
        .Where(column => column.Table is null or "Tau" || column.Table == "Jet" && file.Find(JetLink) is not null)
        .Select(column =>
            column.Table == "Jet"
                ? new ColumnSpec(MatchedJet + column.Name[4..], Missing.Widened(column.Type))
                : new ColumnSpec(column.Name, column.Type)))
        .DistinctBy(column => column.Name));

    /// <inheritdoc/>
    public Batch Candidates(Batch entries, long firstEntry)
    {
        var rows = new ElementRows(entries, "Tau_pt");
        var columns = new List<Column>();
        foreach (Column column in entries.Columns)
            if (column.Spec.Table == "Tau") columns.Add(ElementRows.Flat(column));
            else if (!column.Spec.IsJagged) columns.Add(rows.Repeated(column));
        var flat = new Batch(columns, rows.Count);
        columns.AddRange(MatchedJets(entries, flat, rows));
        flat = new Batch(columns, rows.Count);

        return LayoutColumns.FirstThese(flat.With(
            Column(flat, "luminosityBlock", CandidateColumns.Lumi),
            Column(flat, "event", CandidateColumns.Evt),
            new Column<long>(CandidateColumns.Entry, rows.EntryNumbers(firstEntry)),
            new Column<int>(CandidateColumns.TauIndex, rows.Index),
            flat.Schema.Find(JetLink) is null
                ? LayoutColumns.Constant(CandidateColumns.JetIndex, -1, flat.Rows)
                : LayoutColumns.Int32(flat[JetLink], CandidateColumns.JetIndex),
            Column(flat, "Tau_pt", CandidateColumns.Pt),
            Column(flat, "Tau_eta", CandidateColumns.Eta),
            Column(flat, "Tau_phi", CandidateColumns.Phi),
            LayoutColumns.Int32(flat["Tau_decayMode"], CandidateColumns.DecayMode), Column(flat, "Tau_dz", CandidateColumns.Dz),
            flat.Schema.Find("genWeight") is null
                ? LayoutColumns.Constant(CandidateColumns.Weight, 1f, flat.Rows)
                : LayoutColumns.Float32(flat["genWeight"], CandidateColumns.Weight)));
    }

    /// <inheritdoc/>
    public CandidateTruth[] Truth(Batch candidates)
    {
        var truth = new CandidateTruth[candidates.Rows];
        if (candidates.Schema.Find(Flavour) is null)
        {
            Array.Fill(truth, CandidateTruth.Data);
            return truth;
        }
        ReadOnlySpan<double> flavour = candidates[Flavour].ToDoubles();
        double[]? genJet = candidates.Schema.Find(HasGenJet) is null ? null : candidates[HasGenJet].ToDoubles();
        for (int i = 0; i < truth.Length; i++)
            truth[i] = new(SampleType.Simulation, NanoTruth.FromGenPartFlav(flavour[i], genJet is null || genJet[i] >= 0));
        return truth;
    }

    private static bool IsMatchedJet(string column) => column.StartsWith(MatchedJet, StringComparison.Ordinal);

    private static string OfJet(string column) => $"Jet_{column[MatchedJet.Length..]}";

    private static Column Column(Batch batch, string name, string newName) =>
        batch[name].As(new ColumnSpec(newName, batch[name].Spec.Type));

    private static IEnumerable<Column> MatchedJets(Batch entries, Batch flat, ElementRows rows)
    {
        if (flat.Schema.Find(JetLink) is null) yield break;
        double[] link = flat[JetLink].ToDoubles();
        foreach (Column column in entries.Columns.Where(column => column.Spec.Table == "Jet"))
        {
            int[] offsets = ElementRows.OffsetsOf(column);
            var places = new int[rows.Count];
            for (int k = 0; k < places.Length; k++)
            {
                int row = rows.Entries[k], jets = offsets[row + 1] - offsets[row];
                places[k] = link[k] >= 0 && link[k] < jets ? offsets[row] + (int)link[k] : Picked.None;
            }
            yield return Picked.From(column, places, MatchedJet + column.Spec.Name[4..]);
        }
    }
}
