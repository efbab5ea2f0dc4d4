namespace TauPipeline.Simulation;

/// <summary>All that the detector sees around one candidate; memory is reused.</summary>
internal sealed class ParticleFlow
{
    public GrowingList<PfCandidate> Candidates { get; } = new();

    public GrowingList<ElectronObject> Electrons { get; } = new();

    public GrowingList<MuonObject> Muons { get; } = new();

    public void Clear()
    {
        Candidates.Clear();
        Electrons.Clear();
        Muons.Clear();
    }
}
