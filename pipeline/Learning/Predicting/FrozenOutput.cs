using TauPipeline.Tensors;

namespace TauPipeline.Learning;

/// <summary>The trained end of a network: dense blocks, the output, its logits made probabilities by a softmax a head.</summary>
internal sealed class FrozenOutput(FrozenStack stack, FrozenLinear output, IReadOnlyList<int> widths)
{
    /// <summary>(rows, inputs) to probabilities (rows, outputs).</summary>
    public void Apply(ReadOnlySpan<float> from, int rows, Span<float> probabilities)
    {
        var last = new float[rows * stack.Outputs];
        stack.Apply(from, rows, last);
        output.Apply(last, rows, probabilities);
        Span<float> left = probabilities[..(rows * output.Outputs)];
        while (left.Length > 0)
            foreach (int width in widths)
            {
                Softmax(left[..width]);
                left = left[width..];
            }
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
