using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>CMS TauTuple (data-preparation 2): one entry of <c>taus</c> is one candidate.</summary>
public sealed class TauTupleLayout : ITupleLayout
{
    private static readonly NeededColumn[] NeededTypes =
    [
        new("run", ColumnType.UInt32), new("lumi", ColumnType.UInt32), new("evt", ColumnType.UInt64), new("tau_index", ColumnType.Int32),
        new("tau_pt", ColumnType.Float32), new("tau_eta", ColumnType.Float32), new("tau_phi", ColumnType.Float32),
        new("tau_decayMode", ColumnType.Int32), new("tau_dz", ColumnType.Float32), new("sampleType", ColumnType.Int32),
        new("genLepton_index", ColumnType.Int32), new("genLepton_kind", ColumnType.Int32), new("genLepton_vis_pt", ColumnType.Float32),
        new("genLepton_vis_eta", ColumnType.Float32), new("genLepton_vis_phi", ColumnType.Float32), new("genJet_index", ColumnType.Int32),
    ];

    private static readonly NeededColumn[] OptionalTypes = [new("jet_index", ColumnType.Int32), new("genEventWeight")];
    private static readonly string[] Needed = [.. NeededTypes.Select(column => column.Name)],
        Optional = [.. OptionalTypes.Select(column => column.Name)];

    /// <inheritdoc/>
    public string Table => "taus";

    /// <inheritdoc/>
    public IReadOnlyList<string> Identity { get; } = ["run", "lumi", "evt"];

    /// <inheritdoc/>
    public string GeneratorWeight => "genEventWeight";

    /// <inheritdoc/>
    public GeneratedTable Generated { get; } = new("summary", ["numberOfProcessedEvents"], ["genEventSumw"]);

    /// <inheritdoc/>
    public LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted) =>
        new([.. Needed.Union(wanted.Where(name => !CandidateColumns.IsMade(name)), StringComparer.Ordinal)], Optional)
        {
            Essential = Needed,
            Types = [.. NeededTypes, .. OptionalTypes],
        };

    /// <inheritdoc/>
    public Schema CandidateSchema(Schema file) =>
        new(
            file.Columns.Concat([
                    new ColumnSpec(CandidateColumns.Entry, ColumnType.Int64),
                    new ColumnSpec(CandidateColumns.Weight, ColumnType.Float32),
                    new ColumnSpec(CandidateColumns.JetIndex, ColumnType.Int32),
                ])
            .DistinctBy(column => column.Name));

    /// <inheritdoc/>
    public Batch Candidates(Batch entries, long firstEntry)
    {
        var numbers = new long[entries.Rows];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = firstEntry + i;
        Column weight = entries.Schema.Find("genEventWeight") is null
            ? LayoutColumns.Constant(CandidateColumns.Weight, 1f, entries.Rows)
            : LayoutColumns.Float32(entries["genEventWeight"], CandidateColumns.Weight);
        Column jet = entries.Schema.Find("jet_index") is null
            ? LayoutColumns.Constant(CandidateColumns.JetIndex, -1, entries.Rows)
            : entries["jet_index"];
        return LayoutColumns.FirstThese(entries.With(new Column<long>(CandidateColumns.Entry, numbers), weight, jet));
    }

    /// <inheritdoc/>
    public CandidateTruth[] Truth(Batch candidates)
    {
        ReadOnlySpan<int> tau = candidates.Flat<int>("tau_index"), sample = candidates.Flat<int>("sampleType");
        ReadOnlySpan<int> lepton = candidates.Flat<int>("genLepton_index"),
            kind = candidates.Flat<int>("genLepton_kind"),
            jet = candidates.Flat<int>("genJet_index");
        ReadOnlySpan<float> eta = candidates.Flat<float>("tau_eta"), phi = candidates.Flat<float>("tau_phi");
        ReadOnlySpan<float> visPt = candidates.Flat<float>("genLepton_vis_pt"),
            visEta = candidates.Flat<float>("genLepton_vis_eta"),
            visPhi = candidates.Flat<float>("genLepton_vis_phi");
        var truth = new CandidateTruth[candidates.Rows];
        for (int i = 0; i < truth.Length; i++)
        {
            SampleType from = SampleTypes.Of(sample[i]);
            if (tau[i] < 0) truth[i] = new(from, default) { NoCandidate = "no reconstructed tau" };
            else if (from == SampleType.Data) truth[i] = CandidateTruth.Data;
            else
                truth[i] = new CandidateTruth(
                    from,
                    TruthMatch.Of(new GenTruth(lepton[i], kind[i], visPt[i], visEta[i], visPhi[i], jet[i]), eta[i], phi[i])).Checked();
        }
        return truth;
    }
}
