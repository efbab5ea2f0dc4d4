namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>The samples of the closure tests, simulated once for all of them.</summary>
public sealed class ClosureSamples
{
    private readonly Lazy<List<SimulatedRow>> _higgs = new(() => SimulatedRow.Of("GluGluHToTauTau_M125", 7000));
    private readonly Lazy<List<SimulatedRow>> _drellYan = new(() => SimulatedRow.Of("DYToLL_M50", 6000));
    private readonly Lazy<List<SimulatedRow>> _jets = new(() => SimulatedRow.Of("QCD_Pt15to1000", 12_000));

    internal List<SimulatedRow> AcceptedTaus => [.. _higgs.Value.Where(row => row.IsAcceptedTau)];

    internal List<SimulatedRow> SelectedTaus => [.. AcceptedTaus.Where(row => row.IsSelected)];

    internal List<SimulatedRow> Electrons => Leptons(1, 3);

    internal List<SimulatedRow> Muons => Leptons(2, 4);

    /// <summary>Jets of the QCD mix with generated pt 30 to 100, to be counted with their weights.</summary>
    internal List<SimulatedRow> SelectedJets => [.. _jets.Value.Where(row => row.IsSelected && row.GenJetPt is > 30 and < 100)];

    private List<SimulatedRow> Leptons(int prompt, int fromTau) =>
        [.. _drellYan.Value.Where(row => row.IsSelected && (row.Kind == prompt || row.Kind == fromTau))];
}
