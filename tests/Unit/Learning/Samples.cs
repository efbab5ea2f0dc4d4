using TauPipeline.Foundation;
using TauPipeline.Learning;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Classes as Gaussian blobs around the corners of a cube, in a new order each epoch.</summary>
internal sealed class Samples(int rows, int inputs, int classes, ulong seed, double width = 0.5) : ITrainingSource
{
    public long Rows => rows;

    public float WeightOfLast { get; init; } = 1;

    public IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0)
    {
        int[] order =
        [
            .. Enumerable.Range(0, rows)
                .OrderBy(row => new CounterRandom(seed, (ulong)((epoch + 1L) * rows + row)).NextUInt32())
                .ThenBy(row => row),
        ];
        int first = 0;
        foreach (int size in cut.Sizes(rows))
        {
            if (done-- <= 0) yield return Batch(order[first..(first + size)]);
            first += size;
        }
    }

    public TrainingBatch All => Batch([.. Enumerable.Range(0, rows)]);

    private TrainingBatch Batch(int[] which) => new(
        which.Length,
        [new(new(InputShape.Tau, inputs), [.. which.SelectMany(Features)])],
        [.. which.Select(row => row % classes)],
        [.. which.Select(row => row % classes == classes - 1 ? WeightOfLast : 1 + 0.25f * (row % 3))]);

    private IEnumerable<float> Features(int row)
    {
        var random = new CounterRandom(seed ^ 0xf00d, (ulong)row);
        var features = new float[inputs];
        for (int i = 0; i < inputs; i++) features[i] = (float)(width * random.NextNormal() + (((row % classes) >> (i % 3)) & 1));
        return features;
    }
}
