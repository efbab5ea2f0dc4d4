namespace TauPipeline.Learning;

/// <summary>A loss that is stated in the outputs of the softmax, which lie between 0 and 1 and sum to 1.</summary>
public interface IOutputLoss
{
    /// <summary>The loss of one row.</summary>
    /// <param name="outputs">One a class.</param>
    /// <param name="label">The true class.</param>
    /// <param name="slopes">The derivative by each output is added to these.</param>
    double Of(ReadOnlySpan<double> outputs, int label, Span<double> slopes);
}
