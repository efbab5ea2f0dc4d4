using System.Text.Json;
using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>Against python3-torch 1.13 (<c>Data/make_oracle.py</c>, function <c>network</c>), and against plain sums in double.</summary>
[Collection(TensorFixture.Collection)]
public sealed class PortableLinearTests(TensorFixture fixture)
{
    private const float Close = 2e-6f;

    [TensorFact]
    public void A_forward_and_a_backward_pass_give_the_numbers_of_torch()
    {
        using DisposeScope scope = NewDisposeScope();
        JsonElement expected = fixture.Oracle.GetProperty("network");
        Linear first = nn.Linear(3, 4), last = nn.Linear(4, 3);
        BatchNorm1d norm = nn.BatchNorm1d(4);
        PReLU slope = nn.PReLU(4);
        Dictionary<string, Tensor> state = new nn.Module[] { first, norm, slope, last }
            .SelectMany((part, i) => part.state_dict().Select(one => ($"{i}.{one.Key}", one.Value)))
            .ToDictionary();
        foreach (JsonProperty value in expected.GetProperty("state").EnumerateObject())
            using (no_grad()) state[value.Name].copy_(TensorFixture.ToTensor(value.Value));
        Tensor Forward(Tensor x) =>
            PortableLinear.linear(slope.call(norm.call(PortableLinear.linear(x, first.weight!, first.bias))), last.weight!, last.bias);
        Tensor x = TensorFixture.ToTensor(expected.GetProperty("x")), weight = TensorFixture.ToTensor(expected.GetProperty("weight"));
        Tensor target = tensor([.. expected.GetProperty("target").EnumerateArray().Select(value => value.GetInt64())]);

        Tensor logits = Forward(x);
        Tensor losses = nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.None),
            loss = losses.mul(weight).sum().mul(1.0 / 6);
        loss.backward();

        Floats(logits).ShouldBe(TensorFixture.Floats(expected.GetProperty("logits")), Close);
        Floats(losses).ShouldBe(TensorFixture.Floats(expected.GetProperty("losses")), Close);
        loss.item<float>().ShouldBe(expected.GetProperty("loss").GetSingle(), Close);
        foreach (JsonProperty gradient in expected.GetProperty("gradients").EnumerateObject())
            Floats(state[gradient.Name].grad!).ShouldBe(TensorFixture.Floats(gradient.Value), Close, gradient.Name);
        Floats(state["1.running_mean"]).ShouldBe(TensorFixture.Floats(expected.GetProperty("running_mean")), Close);
        Floats(state["1.running_var"]).ShouldBe(TensorFixture.Floats(expected.GetProperty("running_var")), Close);
        norm.eval();
        Floats(Forward(x).softmax(1)).ShouldBe(TensorFixture.Floats(expected.GetProperty("probabilities")), Close);
    }

    // Whole tiles and edges in every direction, one row, one column, more than one block of terms.
    [TensorTheory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 16, 16)]
    [InlineData(7, 17, 15)]
    [InlineData(300, 5, 33)]
    [InlineData(131, 600, 4)]
    [InlineData(5, 1030, 20)]
    public void Outputs_and_gradients_are_the_sums_of_the_definition(int rows, int inputs, int outputs)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor w, Tensor b, Tensor g) = Case(rows, inputs, outputs);

        Tensor y = PortableLinear.linear(x, w, b);
        y.backward([g]);

        IsSum(y, inputs + 1, (v, t) => t(x, v).matmul(t(w, v).t()).add(t(b, v)));
        IsSum(x.grad!, outputs, (v, t) => t(g, v).matmul(t(w, v)));
        IsSum(w.grad!, rows, (v, t) => t(g, v).t().matmul(t(x, v)));
        IsSum(b.grad!, rows, (v, t) => t(g, v).sum([0L]));
    }

    [TensorFact]
    public void No_number_of_threads_and_no_other_row_changes_a_bit()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor w, Tensor b, Tensor g) = Case(400, 120, 70);
        float[] one = Pass(1);

        foreach (int threads in (int[])[2, 3, 7]) Pass(threads).ShouldBe(one);
        foreach ((int first, int rows) in ((int, int)[])[(0, 1), (17, 1), (399, 1), (3, 250)])
            Floats(PortableLinear.linear(x[first..(first + rows)], w, b)).ShouldBe(one.AsSpan(first * 70, rows * 70).ToArray());

        float[] Pass(int threads)
        {
            set_num_threads(threads);
            try
            {
                foreach (Tensor wanted in (Tensor[])[x, w, b]) wanted.grad = null;
                Tensor y = PortableLinear.linear(x, w, b);
                y.backward([g]);
                return [.. Floats(y), .. Floats(x.grad!), .. Floats(w.grad!), .. Floats(b.grad!)];
            }
            finally { set_num_threads(1); }
        }
    }

    [TensorFact]
    public void Without_a_bias_and_without_a_wish_for_the_input_s_gradient_there_is_neither()
    {
        using DisposeScope scope = NewDisposeScope();
        (_, Tensor w, _, Tensor g) = Case(9, 4, 3);
        Tensor x = ones(9, 4);

        PortableLinear.linear(x, w).backward([g]);

        x.grad.ShouldBeNull();
        IsSum(w.grad!, 9, (v, t) => t(g, v).t().matmul(t(x, v)));
    }

    [TensorFact]
    public void Views_are_taken_for_what_they_show()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor w, Tensor b, _) = Case(12, 10, 6);
        Tensor turned = x.detach().t().contiguous().t();

        Floats(PortableLinear.linear(turned, w, b)).ShouldBe(Floats(PortableLinear.linear(x, w, b)));
    }

    [TensorFact]
    public void What_does_not_fit_is_a_defect_and_no_foreign_memory_is_read()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor x, Tensor w, Tensor b, _) = Case(4, 3, 2);

        Should.Throw<Defect>(() => PortableLinear.linear(x, ones(2, 5), b))
            .Message.ShouldContain("the weight of a portable layer is Float32 [2, 5]");
        Should.Throw<Defect>(() => PortableLinear.linear(x, w, ones(3)));
        Should.Throw<Defect>(() => PortableLinear.linear(x.to(float64), w, b)).Message.ShouldContain("Float64");
        Should.Throw<Defect>(() => PortableLinear.linear(ones(3), w, b));
    }

    private static (Tensor X, Tensor W, Tensor B, Tensor G) Case(int rows, int inputs, int outputs)
    {
        random.manual_seed(rows + 1000 * inputs + outputs);
        return (
            randn(rows, inputs).requires_grad_(true),
            randn(outputs, inputs).requires_grad_(true),
            randn(outputs).requires_grad_(true),
            randn(rows, outputs));
    }

    // A sum of n products is off by at most n roundings (6e-8) of the sum of their sizes: of the same formula over absolute values.
    private static void IsSum(Tensor found, int terms, Func<bool, Func<Tensor, bool, Tensor>, Tensor> formula)
    {
        using IDisposable none = no_grad();
        Tensor expected = formula(false, InDouble), sizes = formula(true, InDouble);

        found.shape.ShouldBe(expected.shape);
        found.to(float64).sub(expected).abs().le(sizes.mul(terms * Math.Pow(2, -24))).all().item<bool>().ShouldBeTrue();
    }

    private static Tensor InDouble(Tensor tensor, bool isSize) => isSize ? tensor.detach().to(float64).abs() : tensor.detach().to(float64);

    private static float[] Floats(Tensor tensor) => [.. tensor.detach().contiguous().data<float>()];
}
