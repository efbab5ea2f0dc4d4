using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>The trained end of a network: dense blocks, the output, its logits made probabilities.</summary>
internal sealed class FrozenOutput(FrozenStack stack, FrozenLinear output)
{
    /// <summary>(rows, inputs) to probabilities (rows, classes).</summary>
    public void Apply(ReadOnlySpan<float> from, int rows, Span<float> probabilities)
    {
        var last = new float[rows * stack.Outputs];
        stack.Apply(from, rows, last);
        output.Apply(last, rows, probabilities);
        for (int row = 0; row < rows; row++) Softmax(probabilities.Slice(row * output.Outputs, output.Outputs));
    }

    private static void Softmax(Span<float> logits)
    {
        float largest = logits[0];
        foreach (float logit in logits) largest = MathF.Max(largest, logit);
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp((double)logit - largest);
        for (int c = 0; c < logits.Length; c++) logits[c] = (float)(Math.Exp((double)logits[c] - largest) / sum);
    }
}
