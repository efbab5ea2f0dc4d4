using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>One entry of a TauTuple: by default neither a gen lepton nor a gen jet is there.</summary>
internal sealed record TauTupleRow(float Pt, float Eta)
{
    public int Tau { get; init; }
    public int Lepton { get; init; } = -1;
    public int Kind { get; init; }
    public float VisiblePt { get; init; }
    public float VisibleEta { get; init; }
    public int Jet { get; init; } = -1;
    public SampleType Sample { get; init; } = SampleType.Simulation;
}

/// <summary>Entries as the branches that the layout needs; events are numbered from 0.</summary>
internal static class TauTupleRows
{
    public static Batch Of(params TauTupleRow[] rows) => new(
    [
        Column("run", rows, _ => 1u), Column("lumi", rows, _ => 1u), new Column<ulong>("evt", rows.Select((_, i) => (ulong)i).ToArray()),
        Column("tau_index", rows, row => row.Tau),
        Column("tau_pt", rows, row => row.Pt),
        Column("tau_eta", rows, row => row.Eta),
        Column("tau_phi", rows, _ => 0f),
        Column("tau_decayMode", rows, _ => 1), Column("tau_dz", rows, _ => 0f), Column("sampleType", rows, row => (int)row.Sample),
        Column("genLepton_index", rows, row => row.Lepton),
        Column("genLepton_kind", rows, row => row.Kind),
        Column("genLepton_vis_pt", rows, row => row.VisiblePt),
        Column("genLepton_vis_eta", rows, row => row.VisibleEta),
        Column("genLepton_vis_phi", rows, _ => 0f),
        Column("genJet_index", rows, row => row.Jet),
    ]);

    private static Column<T> Column<T>(string name, TauTupleRow[] rows, Func<TauTupleRow, T> value)
        where T : unmanaged => new(name, rows.Select(value).ToArray());
}
