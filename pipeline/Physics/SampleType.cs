namespace TauPipeline.Physics;

/// <summary>Where a sample comes from.</summary>
public enum SampleType
{
    /// <summary>Collision data.</summary>
    Data = 0,
    /// <summary>Simulation.</summary>
    Simulation = 1,
    /// <summary>Simulated taus in recorded muon events.</summary>
    Embedded = 2,
}
