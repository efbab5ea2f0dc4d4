using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>What a user can get wrong about the simulation.</summary>
internal static class SimulationErrors
{
    public static Misuse UnknownProcess(string name, IReadOnlyList<Process> known)
    {
        IEnumerable<string> names = known.Select(process => process.Name);
        return new(new ErrorText($"there is no simulated process '{name}'",
            [("nearest", ErrorText.Nearest(name, names)), ("known", string.Join(", ", names))]));
    }

    public static Misuse OutOfRange(string setting, double found, double low, double high) =>
        new(
            new ErrorText(
                $"setting '{setting}' of the simulation is out of range",
                [("found", SettingsUsed.Canonical(found)), ("expected", $"{low} to {high}")]));
}
