using System.Text.RegularExpressions;
using Shouldly;
using TauPipeline.Tensors;
using TauPipeline.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>What compiles and is wrong, or right and slow: found where it stands.</summary>
[Collection(TensorFixture.Collection)]
public sealed partial class TrapTests
{
    [TensorFact]
    public void A_bare_number_given_to_sum_is_taken_for_a_type_so_nobody_gives_one()
    {
        using DisposeScope scope = NewDisposeScope();

        ones(2, 3).sum(0).dtype.ShouldBe(ScalarType.Byte);    // as long as this is so, the rule below is needed
        ones(2, 3).sum([0L]).shape.ShouldBe([3L]);
        Checkout.Sources(".cs", "pipeline", "stages")
            .Where(file => BareNumber().IsMatch(File.ReadAllText(Checkout.At(file))))
            .ShouldBeEmpty();
    }

    // TorchSharp's own operations fail so within some thousand steps of a training: "Unknown scalar type".
    [TensorFact]
    public void A_number_lives_until_the_operation_is_over_however_often_there_is_a_collection()
    {
        using var over = new CancellationTokenSource();
        Task collecting = Task.Run(() =>
        {
            while (!over.IsCancellationRequested) GC.Collect(0);
        });

        for (int round = 0; round < 2000; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            using Tensor all = ones(4);
            all.over(4).plus(1).times(2).plus(all, 0.5).times_(2).plus_(all, 3)[3].item<float>().ShouldBe(9);
            all.becomes_(7)[0].item<float>().ShouldBe(7);
        }
        over.Cancel();
        collecting.Wait();
    }

    // Some trainings died in 10^5 steps of a flat network: "For integral input tensors, argument alpha must not be a floating point number".
    [TensorFact]
    public void Batches_are_normalised_as_by_torch_and_not_counted()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        TorchSharp.Modules.BatchNorm1d ours = nn.BatchNorm1d(3, 0.01, 0.2), theirs = nn.BatchNorm1d(3, 0.01, 0.2);
        Tensor rows = randn(7, 3);

        foreach (bool training in (bool[])[true, true, false])
        {
            theirs.train(training);
            SafeNormalisation.batch_norm(ours, rows, training).bytes.ToArray().ShouldBe(theirs.call(rows).bytes.ToArray());
        }

        ours.running_var!.bytes.ToArray().ShouldBe(theirs.running_var!.bytes.ToArray());
        ours.num_batches_tracked!.item<long>().ShouldBe(0);
        theirs.num_batches_tracked!.item<long>().ShouldBe(2);    // as long as this is so, the rule below is needed
        Checkout.Sources(".cs", "pipeline/Learning")
            .Where(file => TheirNormalisation().IsMatch(File.ReadAllText(Checkout.At(file))))
            .ShouldBeEmpty();
    }

    [TensorFact]
    public void A_convolution_of_few_filters_has_a_wrong_gradient_so_everyone_takes_ours()
    {
        using DisposeScope scope = NewDisposeScope();
        random.manual_seed(1);
        (Tensor images, Tensor weight) = (randn(9, 4, 3, 3), randn(4, 4, 3, 3));
        Tensor ofImage(Func<Tensor, Tensor> convolve, long first, long count)
        {
            Tensor some = images.narrow(0, first, count).clone().requires_grad_(true);
            convolve(some).sum().backward();
            return some.grad!;
        }
        Tensor theirs(Tensor some) => nn.functional.conv2d(some, weight);
        Tensor ours(Tensor some) => SafeConvolution.conv2d(some, weight, zeros(4));

        Tensor alone = cat([.. Enumerable.Range(0, 9).Select(row => ofImage(theirs, row, 1))]);

        // Here every output is pulled by 1, so that the gradient of each place is a sum of weights.
        alone.allclose(weight.sum([0L]).expand(9, 4, 3, 3), 1e-5, 1e-5).ShouldBeTrue();
        ofImage(theirs, 0, 9).allclose(alone, 1e-5, 1e-5).ShouldBeFalse();    // as long as this is so, the rule below is needed
        ofImage(ours, 0, 9).allclose(alone, 1e-5, 1e-5).ShouldBeTrue();
        Checkout.Sources(".cs", "pipeline", "stages")
            .Where(file => !file.EndsWith("Portable/SafeConvolution.cs", StringComparison.Ordinal))
            .Where(file => TheirConvolution().IsMatch(File.ReadAllText(Checkout.At(file))))
            .ShouldBeEmpty();
    }

    // Products of matrices and square roots of the library are not the same on every processor; what is behind numeric: fastest
    // alone goes through a module of torch, which no pattern here is.
    [Fact]
    public void Networks_multiply_no_matrices_and_take_no_roots_by_the_library()
    {
        string[] files = [.. Checkout.Sources(".cs", "pipeline/Learning", "pipeline/Tensors")];

        files.Length.ShouldBeGreaterThan(60);
        files.Where(file => NotPortable().IsMatch(File.ReadAllText(Checkout.At(file)))).ShouldBeEmpty();
        foreach (
            string bad in (string[])
            [
                "a.mm(b)", "a.bmm(b)", "addmm(c, a, b)", "torch.matmul(a, b)", "einsum(\"ij,jk\", a, b)", "functional.linear(x, w)",
                "variance.sqrt()", "x.sqrt_()", "gradient.norm()", "x.std([0L])", "x.pow(0.5)", "nn.LayerNorm(8)", "linalg.norm(x)",
            ])
            NotPortable().IsMatch(bad).ShouldBeTrue(bad);
        foreach (string good in (string[])["Math.Sqrt(x)", "norm.call(x)", "variance.rsqrt()", "PortableLinear.linear(x, w)"])
            NotPortable().IsMatch(good).ShouldBeFalse(good);
    }

    [Fact]
    public void The_inner_loop_of_the_matrix_product_shares_its_method_with_no_call()
    {
        string text = File.ReadAllText(Checkout.At("pipeline", "Tensors", "Portable", "MatrixTile.cs"));
        string body = text[text.IndexOf("AggressiveOptimization)]", StringComparison.Ordinal)..];

        Call().Matches(body).Select(call => call.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(["Fma.MultiplyAdd", "Store", "Vector256.Create", "Vector256.Load"]);
    }

    [GeneratedRegex(@"\b_?norms?(\[\w+\])?\.(call|forward)\(")]
    private static partial Regex TheirNormalisation();

    [GeneratedRegex(
        @"\b(?:mm|bmm|addmm|addmv|addbmm|baddbmm|matmul|einsum|sqrt_?|std|LayerNorm|GroupNorm|MultiheadAttention)\(|\.norm\(|"
        + @"functional\.linear\(|linalg|pow\(0?\.5")]
    private static partial Regex NotPortable();

    [GeneratedRegex(@"functional\.conv\dd|\bconvolution\.(?:call|forward)|\bconv\dd\(.*\)\.(?:call|forward)")]
    private static partial Regex TheirConvolution();

    [GeneratedRegex(@"\.(?:sum|mean|prod|cumsum|any|all)\(-?\d")]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"(?<name>(?:(?:Fma|Vector256)\.)?\b(?!Run\b|if\b|for\b)[A-Z]\w+)(?:<[^>]*>)?\(")]
    private static partial Regex Call();
}
