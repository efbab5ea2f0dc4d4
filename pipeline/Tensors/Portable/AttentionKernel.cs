using System.Runtime.Intrinsics;

namespace TauPipeline.Tensors;

/// <summary>
/// Attention of one row, several heads side by side in the columns: each query takes the mean of the values of all keys, weighted by the
/// softmax of query times key. The same bits on every processor: products go up column by column, eight lanes at a time, by fused
/// multiply-add, and lanes are added in order.
/// </summary>
/// <param name="heads">Heads; a query's, key's or value's columns are so many equal parts.</param>
/// <param name="width">Columns of all heads together.</param>
internal readonly struct AttentionKernel(int heads, int width)
{
    // Of one head.
    private readonly int _columns = width / heads;

    // So that products do not grow with the columns; exact in managed code.
    private readonly float _scale = (float)(1 / Math.Sqrt((double)width / heads));

    /// <summary>The result of each query (queries, width); nought where there is no key.</summary>
    public void Forward(ReadOnlySpan<float> query, ReadOnlySpan<float> key, ReadOnlySpan<float> value, int keys, Span<float> result)
    {
        result.Clear();
        if (keys == 0) return;
        Span<float> weights = keys <= 256 ? stackalloc float[keys] : new float[keys];
        for (int from = 0; from < query.Length; from += _columns)
        {
            int head = from % width;
            Weigh(query.Slice(from, _columns), key[head..], weights);
            for (int j = 0; j < keys; j++) Add(value.Slice(j * width + head, _columns), weights[j], result.Slice(from, _columns));
        }
    }

    /// <summary>Adds to the slopes by query, key and value what the slope by the result asks for.</summary>
    public void Backward(in Row of, int keys, ReadOnlySpan<float> slope, in Row slopes)
    {
        if (keys == 0) return;
        Span<float> weights = keys <= 256 ? stackalloc float[keys] : new float[keys];
        Span<float> pulls = keys <= 256 ? stackalloc float[keys] : new float[keys];
        for (int from = 0; from < of.Query.Length; from += _columns)
        {
            int head = from % width;
            ReadOnlySpan<float> query = of.Query.Slice(from, _columns), pull = slope.Slice(from, _columns);
            Weigh(query, of.Key[head..], weights);
            double mean = 0;
            for (int j = 0; j < keys; j++)
            {
                pulls[j] = Dot(pull, of.Value.Slice(j * width + head, _columns));
                mean += (double)weights[j] * pulls[j];
                Add(pull, weights[j], slopes.Value.Slice(j * width + head, _columns));
            }
            for (int j = 0; j < keys; j++)
            {
                float ofProduct = (float)(weights[j] * (pulls[j] - mean)) * _scale;
                Add(of.Key.Slice(j * width + head, _columns), ofProduct, slopes.Query.Slice(from, _columns));
                Add(query, ofProduct, slopes.Key.Slice(j * width + head, _columns));
            }
        }
    }

    // The softmax of the products with the keys, which stand a width apart.
    private void Weigh(ReadOnlySpan<float> query, ReadOnlySpan<float> key, Span<float> weights)
    {
        float largest = float.NegativeInfinity;
        for (int j = 0; j < weights.Length; j++)
        {
            weights[j] = Dot(query, key.Slice(j * width, _columns)) * _scale;
            largest = MathF.Max(largest, weights[j]);
        }
        double sum = 0;
        foreach (float weight in weights) sum += Math.Exp((double)weight - largest);
        foreach (ref float weight in weights) weight = (float)(Math.Exp((double)weight - largest) / sum);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> lanes = Vector256<float>.Zero;
        int i = 0;
        for (; i + Vector256<float>.Count <= a.Length; i += Vector256<float>.Count)
            lanes = Vector256.FusedMultiplyAdd(Vector256.Create(a[i..]), Vector256.Create(b[i..]), lanes);
        float sum = 0;
        for (int lane = 0; i > 0 && lane < Vector256<float>.Count; lane++) sum += lanes.GetElement(lane);
        for (; i < a.Length; i++) sum = MathF.FusedMultiplyAdd(a[i], b[i], sum);
        return sum;
    }

    private static void Add(ReadOnlySpan<float> values, float times, Span<float> to)
    {
        int i = 0;
        var factor = Vector256.Create(times);
        for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
            Vector256.FusedMultiplyAdd(Vector256.Create(values[i..]), factor, Vector256.Create<float>(to[i..])).CopyTo(to[i..]);
        for (; i < values.Length; i++) to[i] = MathF.FusedMultiplyAdd(values[i], times, to[i]);
    }

    /// <summary>Queries, keys and values of a row, or the slopes by them.</summary>
    public readonly ref struct Row(Span<float> query, Span<float> key, Span<float> value)
    {
        public readonly Span<float> Query = query, Key = key, Value = value;
    }
}
