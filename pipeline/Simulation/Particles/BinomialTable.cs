using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>How many of so many independent trials succeed: what <see cref="RandomDraws.NextBinomial"/> sums is summed once.</summary>
internal sealed class BinomialTable
{
    // The probability of at least so many.
    private readonly double[] _atLeast;

    public BinomialTable(int trials, double probability)
    {
        _atLeast = new double[trials + 1];
        double term = Math.Pow(probability, trials), odds = (1 - probability) / probability, sum = 0;
        for (int successes = trials; successes >= 0; successes--)
        {
            _atLeast[successes] = sum += term;
            term *= odds * successes / (trials - successes + 1);
        }
    }

    /// <summary>By inversion from all downwards.</summary>
    public int Draw(ref CounterRandom random)
    {
        double uniform = random.NextUnit();
        int successes = _atLeast.Length - 1;
        while (successes > 0 && uniform > _atLeast[successes]) successes--;
        return successes;
    }
}
