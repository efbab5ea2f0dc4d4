using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// CMS TauTuple (data-preparation 2): one entry of <c>taus</c> is one candidate. First-generation tuples have the match itself,
/// <c>lepton_gen_match</c>, in place of gen lepton and gen jet; where a file has both, it is worked out anew.
/// </summary>
public sealed class TauTupleLayout : ITupleLayout
{
    private static readonly NeededColumn[] NeededTypes =
    [
        new("run", ColumnType.UInt32), new("lumi", ColumnType.UInt32), new("evt", ColumnType.UInt64), new("tau_index", ColumnType.Int32),
        new("tau_pt", ColumnType.Float32), new("tau_eta", ColumnType.Float32), new("tau_phi", ColumnType.Float32),
        new("tau_decayMode", ColumnType.Int32), new("tau_dz", ColumnType.Float32), new("sampleType", ColumnType.Int32),
    ];

    private static readonly NeededColumn[] TruthTypes =
    [
        new("genLepton_index", ColumnType.Int32), new("genLepton_kind", ColumnType.Int32), new("genLepton_vis_pt", ColumnType.Float32),
        new("genLepton_vis_eta", ColumnType.Float32), new("genLepton_vis_phi", ColumnType.Float32), new("genJet_index", ColumnType.Int32),
    ];

    private const string StoredMatch = "lepton_gen_match";
    private static readonly NeededColumn[] StoredTruth = [new(StoredMatch, ColumnType.Int32)];

    private static readonly NeededColumn[] OptionalTypes = [new("jet_index", ColumnType.Int32), new("genEventWeight")];
    private static readonly string[] Optional = [.. OptionalTypes.Select(column => column.Name)];

    /// <inheritdoc/>
    public string Table => "taus";

    /// <inheritdoc/>
    public IReadOnlyList<string> Identity { get; } = ["run", "lumi", "evt"];

    /// <inheritdoc/>
    public string GeneratorWeight => "genEventWeight";

    /// <inheritdoc/>
    public GeneratedTable Generated { get; } = new("summary", ["numberOfProcessedEvents"], ["genEventSumw"]);

    /// <inheritdoc/>
    public LayoutNeeds Needs(Schema file, IReadOnlyCollection<string> wanted)
    {
        NeededColumn[] types = [.. NeededTypes, .. HasStoredTruth(file) ? StoredTruth : TruthTypes];
        string[] needed = [.. types.Select(column => column.Name)];
        return new([.. needed.Union(wanted.Where(name => !CandidateColumns.IsMade(name)), StringComparer.Ordinal)], Optional)
        {
            Essential = needed,
            Types = [.. types, .. OptionalTypes],
        };
    }

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
        var truth = new CandidateTruth[candidates.Rows];
        // Rows of data, or without a tau, may hold anything at generator level: nothing of it is looked at.
        var asked = new List<int>();
        for (int i = 0; i < truth.Length; i++)
        {
            SampleType from = SampleTypes.Of(sample[i]);
            if (tau[i] < 0) truth[i] = new(from, default) { NoCandidate = "no reconstructed tau" };
            else if (from == SampleType.Data) truth[i] = CandidateTruth.Data;
            else
            {
                truth[i] = new CandidateTruth(from, default);
                asked.Add(i);
            }
        }
        TruthMatch[] matches = HasStoredTruth(candidates.Schema) ? Stored(candidates, asked) : Matched(candidates, asked);
        for (int i = 0; i < matches.Length; i++) truth[asked[i]] = new CandidateTruth(truth[asked[i]].Sample, matches[i]).Checked();
        return truth;
    }

    private static bool HasStoredTruth(Schema file) => file.Find("genLepton_index") is null && file.Find(StoredMatch) is not null;

    // What production found, by thresholds of its own: there a candidate without a lepton is a jet, whether or not a gen jet is there.
    private static TruthMatch[] Stored(Batch candidates, List<int> rows)
    {
        ReadOnlySpan<int> codes = candidates.Flat<int>(StoredMatch);
        var matches = new TruthMatch[rows.Count];
        for (int i = 0; i < matches.Length; i++) matches[i] = TruthMatch.OfCode(codes[rows[i]]);
        return matches;
    }

    private static TruthMatch[] Matched(Batch candidates, List<int> rows)
    {
        ReadOnlySpan<int> lepton = candidates.Flat<int>("genLepton_index"),
            kind = candidates.Flat<int>("genLepton_kind"),
            jet = candidates.Flat<int>("genJet_index");
        ReadOnlySpan<float> eta = candidates.Flat<float>("tau_eta"), phi = candidates.Flat<float>("tau_phi");
        ReadOnlySpan<float> visPt = candidates.Flat<float>("genLepton_vis_pt"),
            visEta = candidates.Flat<float>("genLepton_vis_eta"),
            visPhi = candidates.Flat<float>("genLepton_vis_phi");
        var matches = new TruthMatch[rows.Count];
        for (int i = 0; i < matches.Length; i++)
        {
            int at = rows[i];
            var gen = new GenTruth(lepton[at], kind[at], visPt[at], visEta[at], visPhi[at], jet[at]);
            matches[i] = TruthMatch.Of(gen, eta[at], phi[at]);
        }
        return matches;
    }
}
