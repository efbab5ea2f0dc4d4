using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>
/// Scaled dot-product attention with several heads, forth and back, with the same bits on every processor and any number of threads: each
/// row by itself.
/// </summary>
public static class PortableAttention
{
    /// <summary>The result of each query: (rows, queries, width).</summary>
    /// <param name="query">(rows, queries, width).</param>
    /// <param name="key">(rows, slots, width).</param>
    /// <param name="value">The same.</param>
    /// <param name="heads">Equal parts of the width that look by themselves.</param>
    /// <param name="keys">How many slots of each row hold a key, from the first on; a row of none has noughts.</param>
    /// <exception cref="Foundation.Defect">One of them is not float32 of such a shape in main memory.</exception>
    public static Tensor attention(Tensor query, Tensor key, Tensor value, int heads, IReadOnlyList<int> keys) =>
        AttentionFunction.apply(query, key, value, new Heads(heads, keys));

    /// <summary>The same of one row without gradients.</summary>
    /// <param name="query">Queries, row-major.</param>
    /// <param name="key">Keys.</param>
    /// <param name="value">Values, as many.</param>
    /// <param name="heads">Heads and width.</param>
    /// <param name="result">Takes the result of each query.</param>
    public static void Attend(
        ReadOnlySpan<float> query, ReadOnlySpan<float> key, ReadOnlySpan<float> value, (int Count, int Width) heads, Span<float> result) =>
        new AttentionKernel(heads.Count, heads.Width).Forward(query, key, value, key.Length / heads.Width, result);

    internal sealed record Heads(int Count, IReadOnlyList<int> Keys);
}

/// <summary>What autograd runs of it.</summary>
internal sealed class AttentionFunction : autograd.SingleTensorFunction<AttentionFunction>
{
    private const string Kept = "heads";

    public override string Name => nameof(PortableAttention);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor[] of = [.. vars.Take(3).Select(one => ((Tensor)one).contiguous())];
        var heads = (PortableAttention.Heads)vars[3];
        ctx.save_for_backward([.. of]);
        ctx.save_data(Kept, heads);
        Sizes size = Sizes.Of(of, heads);
        float[] query = Values(of[0]), key = Values(of[1]), value = Values(of[2]), result = new float[query.Length];
        var kernel = new AttentionKernel(heads.Count, size.Width);
        Each(size.Rows, row => kernel.Forward(
            query.AsSpan(row * size.Query, size.Query),
            key.AsSpan(row * size.Key, size.Key),
            value.AsSpan(row * size.Key, size.Key),
            heads.Keys[row],
            result.AsSpan(row * size.Query, size.Query)));
        return tensor(result, of[0].shape);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        List<Tensor> of = ctx.get_saved_variables();
        var heads = (PortableAttention.Heads)ctx.get_data(Kept);
        Sizes size = Sizes.Of(of, heads);
        float[] query = Values(of[0]), key = Values(of[1]), value = Values(of[2]), slope = Values(grad_output.contiguous());
        float[] ofQuery = new float[query.Length], ofKey = new float[key.Length], ofValue = new float[value.Length];
        var kernel = new AttentionKernel(heads.Count, size.Width);
        Each(size.Rows, row =>
        {
            Range queries = new(row * size.Query, (row + 1) * size.Query), keys = new(row * size.Key, (row + 1) * size.Key);
            kernel.Backward(
                new(query.AsSpan(queries), key.AsSpan(keys), value.AsSpan(keys)),
                heads.Keys[row],
                slope.AsSpan(queries),
                new(ofQuery.AsSpan(queries), ofKey.AsSpan(keys), ofValue.AsSpan(keys)));
        });
        return [tensor(ofQuery, of[0].shape), tensor(ofKey, of[1].shape), tensor(ofValue, of[2].shape), null!];
    }

    private static void Each(int rows, Action<int> work) =>
        Parallel.For(0, rows, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, work);

    private static float[] Values(Tensor tensor) => tensor.data<float>().ToArray();

    /// <summary>Rows, and the numbers of each.</summary>
    private readonly record struct Sizes(int Rows, int Query, int Key, int Width)
    {
        public static Sizes Of(IReadOnlyList<Tensor> of, PortableAttention.Heads heads)
        {
            long[] query = of[0].shape, key = of[1].shape;
            foreach ((string what, Tensor one) in ((string, Tensor)[])[("the query", of[0]), ("the key", of[1]), ("the value", of[2])])
                if (one.dtype != ScalarType.Float32 || one.device_type != TorchSharp.DeviceType.CPU || one.dim() != 3)
                    throw TensorErrors.NotPortable(what, one);
            if (query[0] != heads.Keys.Count || query[2] % heads.Count != 0) throw TensorErrors.NotPortable("the query", of[0]);
            if (key[0] != query[0] || key[2] != query[2] || heads.Keys.Any(keys => keys < 0 || keys > key[1]))
                throw TensorErrors.NotPortable("the key", of[1]);
            if (!of[2].shape.SequenceEqual(key)) throw TensorErrors.NotPortable("the value", of[2]);
            int width = (int)of[0].shape[2];
            return new((int)of[0].shape[0], (int)of[0].shape[1] * width, (int)of[1].shape[1] * width, width);
        }
    }
}
