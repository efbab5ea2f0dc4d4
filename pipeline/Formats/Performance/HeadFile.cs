using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>How well a head of the network tells its values, rows counted without weights.</summary>
/// <param name="Head">Its name.</param>
/// <param name="Values">The values, in the order of the tables.</param>
/// <param name="Guesses">The network, and what is known without it.</param>
/// <param name="BalancedDifference">
/// The balanced accuracy of the first less that of the second, on the same rows, with its interval of 95 %; absent without a second.
/// </param>
public sealed record HeadFile(
    string Head, IReadOnlyList<string> Values, IReadOnlyList<HeadGuesses> Guesses, DifferenceEntry? BalancedDifference) : IProduct<HeadFile>
{
    /// <inheritdoc/>
    public static HeadFile Read(ProductInput from) => Json.Read<HeadFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, HeadFile value) => Json.Write(to, value);
}

/// <summary>The guesses of one way to guess.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Rows">For each true value, how often it was guessed to be which; the last is none of the values.</param>
/// <param name="Efficiencies">For each true value the share that is guessed right, with its interval.</param>
/// <param name="BalancedAccuracy">The mean of these.</param>
/// <param name="GroupAccuracy">The share whose group of values is guessed right, as the number of prongs, with its interval.</param>
public sealed record HeadGuesses(
    string Title,
    IReadOnlyList<IReadOnlyList<long>> Rows,
    IReadOnlyList<IntervalEntry> Efficiencies,
    double? BalancedAccuracy,
    IntervalEntry? GroupAccuracy);

/// <summary>A difference with its interval.</summary>
public sealed record DifferenceEntry(double Value, double Low, double High);
