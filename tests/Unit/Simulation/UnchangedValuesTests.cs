using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Simulation;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>
/// What is simulated is the same as before the generator was made faster: rows, and one sum over all values of all columns in
/// which each row and each column has a weight of its own. The numbers are of the slower generator. The sum may differ by what
/// another C library's logarithm rounds differently, and by nothing that physics would do.
/// </summary>
public sealed class UnchangedValuesTests
{
    private const int Events = 400;

    [Theory]
    [InlineData("DYToLL_M50", 609, 116085112.33823574)]
    [InlineData("TTToSemiLeptonic", 1259, 510504342.5489912)]
    [InlineData("WJetsToLNu", 349, 81098126.0789105)]
    [InlineData("QCD_Pt15to1000", 561, 435643737.5112499)]
    [InlineData("TauGun", 605, 160537168.83929315)]
    [InlineData("EGun", 768, 158750974.19890034)]
    [InlineData("MuGun", 763, 208835773.2376755)]
    [InlineData("GluGluHToTauTau_M125", 501, 114584697.9870919)]
    [InlineData("ZprimeToTauTau_M2000", 708, 203775504.8969464)]
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
