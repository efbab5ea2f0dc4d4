namespace TauPipeline.Simulation;

/// <summary>What one hard scattering made: its objects and the weight of its event; memory is reused from event to event.</summary>
internal sealed class HardScattering
{
    public List<HardObject> Objects { get; } = [];

    public double Weight { get; set; } = 1;

    public void Clear()
    {
        Objects.Clear();
        Weight = 1;
    }
}
