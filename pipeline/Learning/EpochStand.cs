namespace TauPipeline.Learning;

/// <summary>How far an epoch has come; sums in double precision, row by row.</summary>
/// <param name="Batches">Steps of the optimiser that are done.</param>
/// <param name="Rows">Rows that were in them.</param>
/// <param name="Loss">Weighted sum of the rows' losses.</param>
/// <param name="Weight">Sum of their weights.</param>
/// <param name="Rate">Learning rate of the last step.</param>
internal sealed record EpochStand(int Batches, long Rows, double Loss, double Weight, double Rate)
{
    /// <summary>How far an adaptation has come, if there is one.</summary>
    public AdaptationStand Adaptation { get; init; } = AdaptationStand.Begun;

    /// <summary>Before the first step.</summary>
    public static EpochStand Begun { get; } = new(0, 0, 0, 0, 0);

    /// <summary>After one more step.</summary>
    public EpochStand After(TrainingBatch batch, double loss, double rate) =>
        this with
        {
            Batches = Batches + 1,
            Rows = Rows + batch.Rows,
            Loss = Loss + loss,
            Weight = Weight + batch.Weights.Sum(weight => (double)weight),
            Rate = rate,
        };
}
