using System.Text;

namespace TauPipeline.Foundation;

/// <summary>The one shape of every error a user sees: what is wrong, labelled facts, and advice if there is a true one.</summary>
/// <param name="Title">What is wrong, with its place in front (<c>file:line:</c>) where there is one.</param>
/// <param name="Facts">Label and value: where, found, expected, nearest names.</param>
/// <param name="Advice">What to do next, or <see langword="null"/>.</param>
public sealed record ErrorText(string Title, IReadOnlyList<(string Label, string Value)> Facts, string? Advice = null)
{
    /// <summary>An error that needs no facts.</summary>
    public ErrorText(string title) : this(title, []) { }

    /// <summary>The title, then the facts with aligned labels, then the advice.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Title);
        int width = Facts.Count == 0 ? 0 : Facts.Max(fact => fact.Label.Length);
        foreach ((string label, string value) in Facts)
            text.Append("\n  ")
                .Append(label.PadRight(width))
                .Append("  ")
                .Append(value.Replace("\n", "\n" + new string(' ', width + 4), StringComparison.Ordinal));
        if (Advice is not null) text.Append("\n  ").Append(Advice);
        return text.ToString();
    }

    /// <summary>
    /// The known names ordered by spelling distance from <paramref name="wanted"/>, nearest first, at most <paramref name="most"/>.
    /// </summary>
    public static string Nearest(string wanted, IEnumerable<string> known, int most = 3) =>
        string.Join(", ", known.OrderBy(name => Distance(wanted, name)).ThenBy(name => name, StringComparer.Ordinal).Take(most));

    // Optimal string alignment distance, case folded: a swapped pair of letters is one mistake, as when typing.
    private static int Distance(string left, string right)
    {
        string a = left.ToUpperInvariant(), b = right.ToUpperInvariant();
        var cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
            {
                int change = a[i - 1] == b[j - 1] ? 0 : 1;
                int best = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, cost[i - 2, j - 2] + 1);
                cost[i, j] = best;
            }
        return cost[a.Length, b.Length];
    }
}
