using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// ATLAS DAOD_PHYSLITE: one entry of <c>CollectionTree</c> is one event, and each of its <c>AnalysisTauJets</c> a candidate.
/// <c>TauJets_X</c> is <c>AnalysisTauJetsAuxDyn.X</c> and <c>EventInfo_X</c> is <c>EventInfoAuxDyn.X</c>, in their own units (MeV); the
/// candidate's own pt is in GeV, its decay mode a <see cref="Physics.DecayMode"/>, its weight the first of the generator's.
/// </summary>
public sealed class PhysliteLayout : ITupleLayout
{
    private const string TauTable = "AnalysisTauJetsAuxDyn", EventTable = "EventInfoAuxDyn", Taus = "TauJets_", Events = "EventInfo_";
    private const string Run = $"{EventTable}.runNumber", Lumi = $"{EventTable}.lumiBlock", Event = $"{EventTable}.eventNumber";
    private const string Pt = $"{TauTable}.pt", Eta = $"{TauTable}.eta", Phi = $"{TauTable}.phi";
    private const string Matched = $"{TauTable}.IsTruthMatched", DecayMode = $"{TauTable}.PanTau_DecayMode";
    private const string Link = $"{TauTable}.truthParticleLink/{TauTable}.truthParticleLink.m_persKey";
    private const double MeVInAGeV = 1000;

    private static readonly NeededColumn[] NeededTypes =
    [
        new(Run, ColumnType.UInt32),
        new(Lumi, ColumnType.UInt32),
        new(Event, ColumnType.UInt64),
        new(Pt, ColumnType.Float32, TauTable),
        new(Eta, ColumnType.Float32, TauTable),
        new(Phi, ColumnType.Float32, TauTable),
    ];

    private static readonly NeededColumn[] OptionalTypes =
    [
        new(DecayMode, null, TauTable),
        new(Matched, null, TauTable),
        new(Link, ColumnType.UInt32, TauTable),
        new($"{EventTable}.mcEventWeights", null, EventTable),
    ];

    private static readonly string[] Needed = [.. NeededTypes.Select(column => column.Name)];

    /// <inheritdoc/>
    public string Table => "CollectionTree";

    /// <inheritdoc/>
    public IReadOnlyList<string> Identity { get; } = [Run, Lumi, Event];

    /// <inheritdoc/>
    public string GeneratorWeight => $"{EventTable}.mcEventWeights";

    // What the metadata say of the events before any selection stands in objects of a class that such files do not describe.
    /// <inheritdoc/>
    public GeneratedTable Generated { get; } = new("MetaData", [], []);

    /// <inheritdoc/>
    public LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted)
    {
        IEnumerable<string> read = wanted.Where(name => !CandidateColumns.IsMade(name)).Select(name => BranchOf(file, name));
        string[] optional = [.. OptionalTypes.Select(column => column.Name)];
        return new([.. Needed.Union(read, StringComparer.Ordinal).Except(optional, StringComparer.Ordinal)], optional)
        {
            Essential = Needed,
            Types = [.. NeededTypes, .. OptionalTypes],
        };
    }

    /// <inheritdoc/>
    public Schema CandidateSchema(Schema file) => new(LayoutColumns.Empty.Columns.Concat(
        from column in file.Columns
        let name = NameOf(column)
        where name is not null
        select new ColumnSpec(name, column.Type)).DistinctBy(column => column.Name));

    /// <inheritdoc/>
    public Batch Candidates(Batch entries, long firstEntry)
    {
        var rows = new ElementRows(entries, Pt);
        var flat = new Batch(
            entries.Columns.Where(column => NameOf(column.Spec) is not null).Select(column =>
                (column.Spec.IsJagged ? ElementRows.Flat(column) : rows.Repeated(column))
                    .As(new ColumnSpec(NameOf(column.Spec)!, column.Spec.Type))),
            rows.Count);
        return LayoutColumns.FirstThese(flat.With(
            Own(Run, CandidateColumns.Run),
            Own(Lumi, CandidateColumns.Lumi),
            Own(Event, CandidateColumns.Evt),
            new Column<long>(CandidateColumns.Entry, rows.EntryNumbers(firstEntry)),
            new Column<int>(CandidateColumns.TauIndex, rows.Index),
            LayoutColumns.Constant(CandidateColumns.JetIndex, -1, rows.Count),
            InGeV(flat.Flat<float>($"{Taus}pt")),
            Own(Eta, CandidateColumns.Eta),
            Own(Phi, CandidateColumns.Phi),
            flat.Schema.Find($"{Taus}PanTau_DecayMode") is null
                ? LayoutColumns.Constant(CandidateColumns.DecayMode, Missing.Of<int>(), rows.Count)
                : PanTauDecayMode.Of(flat[$"{Taus}PanTau_DecayMode"], CandidateColumns.DecayMode),
            LayoutColumns.Constant(CandidateColumns.Dz, float.NaN, rows.Count),
            entries.Schema.Find(GeneratorWeight) is null
                ? LayoutColumns.Constant(CandidateColumns.Weight, 1f, rows.Count)
                : rows.Repeated(new Column<float>(
                    CandidateColumns.Weight,
                    Array.ConvertAll(LayoutColumns.FirstOfEach(entries[GeneratorWeight]), weight => (float)weight)))));

        Column Own(string branch, string name) =>
            flat[NameOf(entries[branch].Spec)!].As(new ColumnSpec(name, entries[branch].Spec.Type));
    }

    /// <inheritdoc/>
    public CandidateTruth[] Truth(Batch candidates)
    {
        var truth = new CandidateTruth[candidates.Rows];
        if (candidates.Schema.Find($"{Taus}IsTruthMatched") is null)
        {
            Array.Fill(truth, CandidateTruth.Data);
            return truth;
        }
        double[] isMatched = candidates[$"{Taus}IsTruthMatched"].ToDoubles();
        const string link = $"{Taus}truthParticleLink_m_persKey";
        ReadOnlySpan<uint> container = candidates.Schema.Find(link) is null ? new uint[truth.Length] : candidates.Flat<uint>(link);
        for (int i = 0; i < truth.Length; i++)
            truth[i] = new(SampleType.Simulation, PhysliteTruth.Of(isMatched[i] == 1, container[i]));
        return truth;
    }

    private static Column<float> InGeV(ReadOnlySpan<float> mev)
    {
        var gev = new float[mev.Length];
        for (int i = 0; i < gev.Length; i++) gev[i] = (float)(mev[i] / MeVInAGeV);
        return new Column<float>(CandidateColumns.Pt, gev);
    }

    // A member of a split object stands below the object's branch and repeats its name.
    private static string? NameOf(ColumnSpec column)
    {
        string leaf = column.Name[(column.Name.LastIndexOf('/') + 1)..];
        return column.Table == TauTable && leaf.StartsWith($"{TauTable}.", StringComparison.Ordinal) ? Taus + Plain(TauTable)
            : column.Table is null && leaf.StartsWith($"{EventTable}.", StringComparison.Ordinal) ? Events + Plain(EventTable)
            : null;

        string Plain(string table) => leaf[(table.Length + 1)..].Replace('.', '_');
    }

    private static string BranchOf(Schema file, string name) =>
        file.Columns.FirstOrDefault(column => NameOf(column) == name)?.Name
        ?? (name.StartsWith(Taus, StringComparison.Ordinal) ? $"{TauTable}.{name[Taus.Length..]}"
            : name.StartsWith(Events, StringComparison.Ordinal) ? $"{EventTable}.{name[Events.Length..]}"
            : name);
}
