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
        ("cross_entropy", () =>
        {
            Tensor x = Wanted(Rows, Classes);
            return Backward(functional.cross_entropy(x, randint(0, Classes, Rows), reduction: Reduction.None), x);
        }),
        ("weighted_sum", () => { Tensor x = Wanted(Rows); return Backward(x.mul(rand(Rows)).sum().mul(1.0 / Rows), x); }),
        ("adam", () => Adam(AdamVariant.Adam)),
        ("adamw", () => Adam(AdamVariant.AdamW)),
        ("nadam", () => Adam(AdamVariant.NAdam)),
    ];

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

    private static List<Tensor> Adam(AdamVariant variant)
    {
        var weight = new Parameter(randn(Outputs, Inputs));
        using var optimiser = new PortableAdam([("w", weight)], new AdamSettings(variant, 1e-3) { WeightDecay = 0.01 });
        for (int step = 0; step < 5; step++)
        {
            weight.grad = randn(Outputs, Inputs);
            optimiser.Step();
        }
        return [weight];
    }
}
