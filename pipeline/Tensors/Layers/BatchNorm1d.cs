namespace TauPipeline.Tensors;

/// <summary>Batch normalisation of columns, momentum 0.1 and eps 1e-5: <c>torch.nn.BatchNorm1d</c>.</summary>
public sealed class BatchNorm1d : ILayer
{
    private readonly Tensor _weight, _bias;
    private readonly BatchMoments _running;

    /// <summary>Scale 1 and shift 0; running mean 0 and variance 1.</summary>
    public BatchNorm1d(int columns)
    {
        float[] zeros = new float[columns], ones = new float[columns];
        Array.Fill(ones, 1f);
        _weight = Tensor.From(ones, columns).requires_grad_();
        _bias = Tensor.From(zeros, columns).requires_grad_();
        _running = new(Tensor.From(zeros, columns), Tensor.From(ones, columns));
    }

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> State =>
        [new("weight", _weight, true), new("bias", _bias, true), new("running_mean", _running.Mean, false), new("running_var", _running.Variance, false)];

    /// <summary>A batch of one row has no variance of its own: it is normalised with the running moments, in training too.</summary>
    public Tensor Forward(Tensor input, Pass pass) => input.batch_norm(_running, _weight, _bias, pass.Training && input.Shape[0] > 1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _weight.Dispose();
        _bias.Dispose();
        _running.Mean.Dispose();
        _running.Variance.Dispose();
    }
}
