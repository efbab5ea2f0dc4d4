using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.RunStore;

/// <summary>Runs that belong together.</summary>
/// <param name="Id">The name of its folder.</param>
/// <param name="Name">What people call it.</param>
public sealed record Experiment(string Id, string Name)
{
    private const ulong Least = 100_000_000_000_000_000, Count = 900_000_000_000_000_000;

    /// <summary>
    /// The experiment of that name: its number has 18 digits, as MLflow's own, and follows from the name, so that stores of several
    /// people agree on it.
    /// </summary>
    public static Experiment Named(string name) =>
        new((Least + ContentHash.Of(name).A % Count).ToString(CultureInfo.InvariantCulture), name);
}
