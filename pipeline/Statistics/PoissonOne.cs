namespace TauPipeline.Statistics;

/// <summary>Counts with mean 1 from 32 random bits: how often a bootstrap replica takes a row or an event (Chamandy et al. 2012).</summary>
internal static class PoissonOne
{
    private static readonly uint[] Below = Table();

    public static int Count(uint random)
    {
        int count = 0;
        while (count < Below.Length && random >= Below[count]) count++;
        return count;
    }

    private static uint[] Table()
    {
        List<uint> below = [];
        double term = Math.Exp(-1), sum = term;
        for (int k = 1; sum * 4294967296.0 < 4294967295.0; k++)
        {
            below.Add((uint)(sum * 4294967296.0));
            sum += term /= k;
        }
        return [.. below];
    }
}
