namespace TauPipeline.Learning;

/// <summary>What a training makes small, row by row, in double precision: so no library's way of summing or rounding shows.</summary>
public interface IRowLoss
{
    /// <summary>The loss of one row.</summary>
    /// <param name="logits">The network's outputs before the softmax, one a class.</param>
    /// <param name="label">The true class.</param>
    /// <param name="slopes">Takes the derivative of the loss by each logit.</param>
    double Of(ReadOnlySpan<double> logits, int label, Span<double> slopes);
}
