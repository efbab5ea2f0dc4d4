using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>
/// A control region of data and simulation in turn, whose last feature is shifted by some widths in data; batches of the same number are
/// the same.
/// </summary>
internal sealed class Controls(int rows, int inputs, ulong seed, double shift = 1)
{
    public ControlRegion Region => new(Endless, () => [Batch(0), Batch(1)]);

    /// <summary>The row numbers asked for first, in turn.</summary>
    public List<long> Asked { get; } = [];

    public TrainingBatch Batch(long number) => new(
        rows,
        [new(new(InputShape.Tau, inputs), [.. Enumerable.Range(0, rows).SelectMany(row => Features(number, row))])],
        [.. Enumerable.Range(0, rows).Select(row => row % 2)],
        [.. Enumerable.Range(0, rows).Select(row => 1 + 0.5f * (row % 3))]);

    private IEnumerable<TrainingBatch> Endless(long from)
    {
        Asked.Add(from);
        for (long number = from; ; number++) yield return Batch(number);
    }

    private IEnumerable<float> Features(long number, int row)
    {
        var random = new CounterRandom(seed, (ulong)(number * rows + row));
        for (int i = 0; i < inputs; i++) yield return (float)(random.NextNormal() + (i == inputs - 1 ? shift * (row % 2) : 0));
    }
}
