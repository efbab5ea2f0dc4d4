using System.Security.Cryptography;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Tests.NumbersHost;

/// <summary>
/// Every operation that a training uses, alone: on the same numbers it gives the same bytes wherever training is portable.
/// </summary>
internal static class Operations
{
    private const int Rows = 250, Inputs = 43, Outputs = 70, Classes = 4;

    /// <summary>Each operation's name and the hash of its results.</summary>
    public static IEnumerable<(string Name, string Hash)> All()
    {
        foreach ((string name, Func<IEnumerable<Tensor>> results) in Each())
        {
            using DisposeScope scope = NewDisposeScope();
            random.manual_seed(7);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (Tensor result in results()) hash.AppendData(result.detach().contiguous().bytes);
            yield return (name, Convert.ToHexStringLower(hash.GetHashAndReset())[..16]);
        }
    }

    private static IEnumerable<(string, Func<IEnumerable<Tensor>>)> Each() =>
    [
        ("first_weights", () => [init.kaiming_uniform_(empty(Outputs, Inputs), 0.25), init.xavier_uniform_(empty(Classes, Outputs))]),
        ("linear", () =>
        {
            Tensor x = Wanted(Rows, Inputs),
                w = Wanted(Outputs, Inputs),
                b = Wanted(Outputs);
            return Backward(PortableLinear.linear(x, w, b), x, w, b);
        }),
        ("batch_norm", () =>
        {
            BatchNorm1d norm = BatchNorm1d(Outputs);
            Tensor x = Wanted(Rows, Outputs);
            return [.. Backward(norm.call(x), x, norm.weight!, norm.bias!), norm.running_mean!, norm.running_var!];
        }),
        ("batch_norm_in_validation", () =>
        {
            BatchNorm1d norm = BatchNorm1d(Outputs);
            norm.call(randn(Rows, Outputs));
            norm.eval();
            return [norm.call(randn(Rows, Outputs))];
        }),
        ("prelu", () =>
        {
            PReLU prelu = PReLU(Outputs);
            Tensor x = Wanted(Rows, Outputs);
            return Backward(prelu.call(x), x, prelu.weight!);
        }),
        ("relu", () => { Tensor x = Wanted(Rows, Outputs); return Backward(x.relu(), x); }),
        ("dropout", () => { Tensor x = Wanted(Rows, Outputs); return Backward(functional.dropout(x, 0.1, training: true), x); }),
        ("convolution", () => Window(16)),
        ("convolution_of_few_filters", () => Window(5)),
        ("batch_norm_of_grids", () =>
        {
            BatchNorm2d norm = BatchNorm2d(Outputs);
            Tensor x = Wanted(Rows, Outputs, 3, 3);
            return [.. Backward(norm.call(x), x, norm.weight!, norm.bias!), norm.running_mean!, norm.running_var!];
        }),
        ("batch_norm_of_cells", () =>
        {
            (Tensor x, Tensor weight, Tensor bias) = (Wanted(Rows, Outputs), Wanted(Outputs), Wanted(Outputs));
            Tensor from = x.sub(x.narrow(0, 0, Rows - 1).sum([0L]).add(x.select(0, Rows - 1), 40).div(Rows + 39));
            Tensor variance = from.square().narrow(0, 0, Rows - 1).sum([0L]).div(Rows - 1);
            return Backward(addcmul(bias, from, variance.add(1e-3).rsqrt().mul(weight), 1), x, weight, bias);
        }),
        ("cells_into_grids", () =>
        {
            Tensor x = Wanted(Rows, Outputs), places = arange(Rows, ScalarType.Int64).mul(3);
            Tensor grids = x.narrow(0, Rows - 1, 1).expand(3 * Rows, -1).index_copy(0, places, x.narrow(0, 0, Rows));
            return Backward(grids.reshape(Rows, 3, 1, -1).permute(0, 3, 1, 2).contiguous(), x);
        }),
        ("pooling", () => { Tensor x = Wanted(Rows, 8, 7, 7); return Backward(functional.max_pool2d(x, 3), x); }),
        ("elu", () => { Tensor x = Wanted(Rows, Outputs); return Backward(new SafeElu().call(x), x); }),
        ("selu", () =>
        {
            Tensor x = Wanted(Rows, Outputs);
            return Backward(new SafeElu(SafeElu.SeluAlpha, SafeElu.SeluScale).call(x), x);
        }),
        ("objects_into_slots", () =>
        {
            Tensor x = Wanted(Rows, Outputs), places = arange(Rows, ScalarType.Int64).mul(2);
            return Backward(
                zeros(2 * Rows, Outputs).index_copy(0, places, x).narrow(0, 0, 2 * Rows - 4).reshape(-1, 4, Outputs).sum([1L]), x);
        }),
        ("attention", () =>
        {
            Tensor query = Wanted(25, 6, 20), key = Wanted(25, 9, 20), value = Wanted(25, 9, 20);
            int[] keys = [.. Enumerable.Range(0, 25).Select(row => row % 10)];
            return Backward(PortableAttention.attention(query, key, value, 2, keys), query, key, value);
        }),
        ("tanh", () => { Tensor x = Wanted(Rows, Outputs); return Backward(x.tanh(), x); }),
        ("average", () => [randn(Outputs, Inputs).mul_(0.99f).add_(randn(Outputs, Inputs), 1 - 0.99f)]),
        ("clipping", () =>
        {
            var weight = new Parameter(randn(Outputs, Inputs)) { grad = randn(Outputs, Inputs) };
            GradientLength.Shorten([weight], 1);
            return [weight.grad!];
        }),
        ("adam", () => Adam(AdamVariant.Adam)),
        ("adamw", () => Adam(AdamVariant.AdamW)),
        ("nadam", () => Adam(AdamVariant.NAdam)),
        ("sgd", () => Moved(weight => new PortableSgd([("w", weight)], new SgdSettings(0.9, true, 0.01)))),
    ];

    private static List<Tensor> Window(int filters)
    {
        Tensor x = Wanted(Rows, 8, 5, 5), w = Wanted(filters, 8, 3, 3), b = Wanted(filters);
        return Backward(SafeConvolution.conv2d(x, w, b), x, w, b);
    }

    // Normal numbers, and a few of other sizes: small ones, large ones, nought.
    private static Tensor Wanted(params long[] shape)
    {
        Tensor numbers = randn(shape);
        numbers.view(-1)[..4] = tensor([0f, 1e-30f, 1e4f, -3e-7f]);
        return numbers.requires_grad_(true);
    }

    private static List<Tensor> Backward(Tensor result, params IEnumerable<Tensor> wanted)
    {
        result.backward([randn_like(result)]);
        return [result, .. wanted.Select(one => one.grad!)];
    }

    private static List<Tensor> Adam(AdamVariant variant) =>
        Moved(weight => new PortableAdam([("w", weight)], new AdamSettings(variant) { WeightDecay = 0.01 }));

    private static List<Tensor> Moved(Func<Parameter, IOptimiser> make)
    {
        var weight = new Parameter(randn(Outputs, Inputs));
        using IOptimiser optimiser = make(weight);
        for (int step = 0; step < 5; step++)
        {
            weight.grad = randn(Outputs, Inputs);
            optimiser.Step(1e-3);
        }
        return [weight];
    }
}
