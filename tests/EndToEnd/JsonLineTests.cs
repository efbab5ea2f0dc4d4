using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Host;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>Numbers as <c>--json</c> writes them, read by python's json.</summary>
public sealed class JsonLineTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Program =
        "import json,struct,sys\nfor line in open(sys.argv[1]): print(struct.pack('>d', float(json.loads(line)['x'])).hex())";
    private const int Random = 100_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public void Every_finite_double_reads_back_to_the_same_bits()
    {
        double[] values = [.. Edges().Concat(PowersOfTwo()).Concat(AnyBits()).Where(double.IsFinite)];
        File.WriteAllLines(_folder.At("lines.json"), values.Select(value => JsonLine.Of(line => line.Write("x", value))));

        string[] found = Command.Output(Python, "-c", Program, _folder.At("lines.json")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        values.Length.ShouldBeGreaterThan(Random);
        found.Length.ShouldBe(values.Length);
        values.Zip(found).Where(pair => $"{BitConverter.DoubleToInt64Bits(pair.First):x16}" != pair.Second).ShouldBeEmpty();
    }

    private static IEnumerable<double> Edges() => new[]
    {
        0,
        1,
        0.1,
        1.0 / 3,
        1e15,
        1e16,
        1e21,
        1e22,
        1e23,
        5e-324,
        2.2250738585072009e-308,
        2.2250738585072014e-308,
        double.MaxValue,
        Math.PI,
        9007199254740993,
    }.SelectMany(value => new[] { value, -value });

    // With both neighbours: below a power of two doubles lie twice as dense, where shortest texts go wrong.
    private static IEnumerable<double> PowersOfTwo() => Enumerable.Range(-1074, 1074 + 1024).Select(power => Math.ScaleB(1, power))
        .SelectMany(value => new[] { value, -value, Math.BitIncrement(value), Math.BitDecrement(value) });

    private static IEnumerable<double> AnyBits()
    {
        var random = new CounterRandom(2024, 0);
        for (int i = 0; i < Random + Random / 100; i++) yield return BitConverter.UInt64BitsToDouble(random.NextUInt64());
    }

    private sealed class PythonFactAttribute : FactAttribute
    {
        public PythonFactAttribute() => Skip = File.Exists(Python) ? null : $"{Python} is not installed";
    }
}
