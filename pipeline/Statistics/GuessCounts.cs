namespace TauPipeline.Statistics;

/// <summary>
/// Two ways to guess one of several values, counted on the same rows with the truth: how often each is right, and by how much one is
/// better, with an interval that knows that they are right and wrong together.
/// </summary>
/// <param name="values">How many values there are.</param>
public sealed class GuessCounts(int values)
{
    // Of a normal distribution, for 95 %.
    private const double Sigmas = 1.959963984540054;

    // By truth, the first's guess, the second's; the last of a guess is none of the values.
    private readonly long[] _rows = new long[values * (values + 1) * (values + 1)];

    /// <summary>Counts a row.</summary>
    /// <param name="truth">Its value, from 0.</param>
    /// <param name="first">The guess of the first; -1 for none of the values.</param>
    /// <param name="second">The guess of the second.</param>
    public void Add(int truth, int first, int second) => _rows[At(truth, first < 0 ? values : first, second < 0 ? values : second)]++;

    /// <summary>Rows of a true value.</summary>
    public long Of(int truth) => Table(true)[truth].Sum();

    /// <summary>How often each true value was guessed to be which, the last column none of the values.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Table(bool ofFirst) =>
    [
        .. Enumerable.Range(0, values).Select(truth => (long[])
        [
            .. Enumerable.Range(0, values + 1).Select(guess => Enumerable.Range(0, values + 1)
                .Sum(other => ofFirst ? _rows[At(truth, guess, other)] : _rows[At(truth, other, guess)])),
        ]),
    ];

    /// <summary>The mean, over the true values that have rows, of the share that is guessed right; NaN without a row.</summary>
    public double Balanced(bool ofFirst)
    {
        IReadOnlyList<IReadOnlyList<long>> table = Table(ofFirst);
        return Truths.Count == 0 ? double.NaN : Truths.Average(truth => (double)table[truth][truth] / Of(truth));
    }

    /// <summary>
    /// The first's balanced share of right guesses less the second's, with 95 % of a normal distribution: for each true value the
    /// differences of its rows, 1, 0 or -1, have a mean and a spread. <see langword="null"/> where a true value has one row.
    /// </summary>
    public (double Value, Interval Range)? Difference()
    {
        if (Truths.Count == 0 || Truths.Any(truth => Of(truth) < 2)) return null;
        double sum = 0, variance = 0;
        foreach (int truth in Truths)
        {
            double rows = Of(truth), better = 0, worse = 0;
            for (int guess = 0; guess <= values; guess++)
            {
                if (guess == truth) continue;
                better += _rows[At(truth, truth, guess)];
                worse += _rows[At(truth, guess, truth)];
            }
            double mean = (better - worse) / rows;
            sum += mean;
            variance += (better + worse - rows * mean * mean) / (rows - 1) / rows;
        }
        double value = sum / Truths.Count, spread = Sigmas * Math.Sqrt(variance) / Truths.Count;
        return (value, new(value - spread, value + spread));
    }

    private List<int> Truths => [.. Enumerable.Range(0, values).Where(truth => Of(truth) > 0)];

    private int At(int truth, int first, int second) => (truth * (values + 1) + first) * (values + 1) + second;
}
