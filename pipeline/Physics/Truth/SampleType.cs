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

/// <summary>Sample types as tuples number them.</summary>
public static class SampleTypes
{
    /// <summary>The sample type of a code.</summary>
    /// <exception cref="Foundation.StepFailed">Another code, or none.</exception>
    public static SampleType Of(int code) =>
        Enum.IsDefined((SampleType)code)
            ? (SampleType)code
            : throw PhysicsErrors.UnknownCode("sample type", code, "0 data, 1 simulation, 2 embedded");
}
