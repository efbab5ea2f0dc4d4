using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>
/// What is simulated stays what it is, bit for bit, while nobody means to change it: rows, and one sum over all values of all columns in
/// which each row and each column has a weight of its own. The numbers are of the draws by ziggurat; that these simulate what the first
/// generator did is for <see cref="SameDistributionsTests"/> to show. The sum may differ by what another C library's exponential rounds
/// differently, and by nothing that physics would do.
/// </summary>
public sealed class UnchangedValuesTests
{
    private const int Events = 400;

    [Theory]
    [InlineData("DYToLL_M50", 606, 112615129.6368505)]
    [InlineData("TTToSemiLeptonic", 1219, 447835445.06547445)]
    [InlineData("WJetsToLNu", 359, 80967228.26235458)]
    [InlineData("QCD_Pt15to1000", 575, 431185681.24607444)]
    [InlineData("TauGun", 631, 175196656.6476656)]
    [InlineData("EGun", 750, 158139394.93265843)]
    [InlineData("MuGun", 761, 203116670.78237978)]
    [InlineData("GluGluHToTauTau_M125", 524, 137205611.31056452)]
    [InlineData("ZprimeToTauTau_M2000", 726, 192844130.67493826)]
    public void Every_value_of_every_process_is_what_it_was(string process, int rows, double sum)
    {
        var generator = new EventGenerator(
            Processes.ByName(process),
            CounterRandom.Key(10, "unchanged"),
            new SimulationSettings { EventsPerFile = Events });

        Batch batch = generator.Candidates(Events, Events);

        batch.Rows.ShouldBe(rows);
        Sum(batch).ShouldBe(sum, 1e-9 * sum);
    }

    // Columns have very different sizes: each is divided by the largest value it has, so that none is lost beside another.
    private static double Sum(Batch batch)
    {
        double sum = 0;
        for (int c = 0; c < batch.Columns.Count; c++)
        {
            // What is missing among integers is their lowest; read as numbers it is NaN, which no simulated value is.
            double[] values = Array.ConvertAll(batch.Columns[c].ToDoubles(), value => double.IsNaN(value) ? int.MinValue : value);
            double largest = values.Length == 0 ? 0 : values.Max(Math.Abs), column = 0;
            for (int i = 0; i < values.Length; i++) column += values[i] * (1 + i % 101);
            if (largest > 0) sum += (1 + c) * (column / largest + values.Length);
        }
        return sum;
    }
}
