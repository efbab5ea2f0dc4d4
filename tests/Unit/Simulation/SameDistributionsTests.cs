using System.Globalization;
using System.Runtime.CompilerServices;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Simulation;
using TauPipeline.Statistics;
using Xunit;

namespace TauPipeline.Tests.Unit.Simulation;

/// <summary>
/// The generator draws otherwise than it first did, and simulates the same: distributions of each class against those of the first
/// generator (Box and Muller, logarithms, azimuths), which <c>observables.tsv</c> holds as counts between quantiles of 60,000 events of
/// each process. Kolmogorov and Smirnov, and means and widths within five errors.
/// </summary>
public sealed class SameDistributionsTests
{
    private const int Events = 20_000;
    private static readonly Lazy<Dictionary<(string Class, string Name), List<double>>> Drawn = new(Draw);

    public static TheoryData<string> Classes => [.. Observables.Classes];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_observable_of_a_class_is_distributed_as_before(string @class)
    {
        List<Reference> references = [.. Read().Where(reference => reference.Class == @class)];
        references.Count.ShouldBeGreaterThan(30);
        references.Select(Difference).Where(text => text.Length > 0).ShouldBeEmpty();
    }

    // That the test sees what it is for: each isolation sum 3 % larger, each impact parameter 3 % wider.
    [Theory]
    [InlineData("tau", "tau_neutralIsoPtSum")]
    [InlineData("jet", "tau_puCorrPtSum")]
    [InlineData("mu", "pfCand_dxy_error")]
    public void Three_percent_more_would_be_seen(string @class, string name)
    {
        Reference reference = Read().Single(one => one.Class == @class && one.Name == name);
        Difference(reference, [.. Drawn.Value[(@class, name)].Select(value => 1.03 * value)]).ShouldNotBeEmpty();
    }

    private static string Difference(Reference reference) => Difference(reference, Drawn.Value[(reference.Class, reference.Name)]);

    private static string Difference(Reference before, List<double> now)
    {
        double mean = now.Average(), width = Math.Sqrt(now.Average(value => (value - mean) * (value - mean)));
        double fourth = now.Average(value => Math.Pow(value - mean, 4)), spread = Math.Sqrt(Math.Max(0, fourth - Math.Pow(width, 4)));
        double ofMean = width * Math.Sqrt(1.0 / now.Count + 1.0 / before.Count);
        double ofWidth = width > 0 ? spread / (2 * width) * Math.Sqrt(1.0 / now.Count + 1.0 / before.Count) : 0;
        double probability = KolmogorovSmirnov.Compare(before.Counts, before.CountsOf(now))!.Value.PValue;
        bool isSame = probability > 1e-3 && Math.Abs(mean - before.Mean) <= 5 * ofMean && Math.Abs(width - before.Width) <= 5 * ofWidth;
        FormattableString text =
            $"{before.Name}: p {probability:G3}, mean {before.Mean:G6}, now {mean:G6} +- {ofMean:G2}, width {before.Width:G6}, {width:G6}";
        return isSame ? "" : FormattableString.Invariant(text);
    }

    private static Dictionary<(string Class, string Name), List<double>> Draw() =>
        Observables.Of(Observables.Processes.SelectMany(Batches));

    private static IEnumerable<Batch> Batches(string process)
    {
        var generator = new EventGenerator(
            Processes.ByName(process),
            CounterRandom.Key(11, "distributions"),
            new SimulationSettings { EventsPerFile = Events });
        for (int first = 0; first < Events; first += 500) yield return generator.Candidates(first, 500);
    }

    private static IEnumerable<Reference> Read() =>
        File.ReadLines(Path.Combine(Here(), "observables.tsv")).Skip(1).Select(line => Reference.Parse(line.Split('\t')));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    private sealed record Reference(string Class, string Name, int Count, double Mean, double Width, double[] Edges, long[] Counts)
    {
        public static Reference Parse(string[] cells) => new(cells[0], cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture),
            Number(cells[3]), Number(cells[4]), [.. cells[5].Split(' ').Select(Edge)],
            [.. cells[6].Split(' ').Select(cell => long.Parse(cell, CultureInfo.InvariantCulture))]);

        /// <summary>How many are at most the first edge, above it and at most the second, and so on; the last are above all.</summary>
        public long[] CountsOf(List<double> values)
        {
            long[] counts = new long[Edges.Length + 1];
            foreach (double value in values)
            {
                int place = Array.BinarySearch(Edges, value);
                counts[place < 0 ? ~place : place]++;
            }
            return counts;
        }

        // Values are of single precision, and so are the edges between them.
        private static double Edge(string text) => float.Parse(text, CultureInfo.InvariantCulture);

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
