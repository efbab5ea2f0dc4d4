namespace TauPipeline.Learning;

/// <summary>Rows to learn from.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Inputs">The numbers of each input of the network, in its order.</param>
/// <param name="Labels">The class of each row, from 0.</param>
/// <param name="Weights">The weight of each row.</param>
public readonly record struct TrainingBatch(int Rows, IReadOnlyList<InputRows> Inputs, int[] Labels, float[] Weights)
{
    /// <summary>Of each head of the network the true value of each row, from 0; -1 where it has none. Nothing without heads.</summary>
    public IReadOnlyList<int[]>? Targets { get; init; }

    /// <summary>Where a row is from, for errors; <see langword="null"/> if nobody knows.</summary>
    public Func<int, string>? Origin { get; init; }
}

/// <summary>Rows to learn from or to check with; can be gone through again and again.</summary>
public interface ITrainingSource
{
    /// <summary>Number of rows in an epoch.</summary>
    long Rows { get; }

    /// <summary>The rows of an epoch in batches of the cut's sizes; the same for the same arguments, whatever was asked before.</summary>
    /// <param name="epoch">Which, from 1.</param>
    /// <param name="cut">How large they are.</param>
    /// <param name="done">So many batches are left out at the beginning.</param>
    IEnumerable<TrainingBatch> Batches(int epoch, BatchCut cut, int done = 0);
}
