using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Learning;
using TauPipeline.Tensors;
using TauPipeline.Tests.Support;
using TauPipeline.Tests.Unit.Tensors;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>
/// The whole network with the same weights in python3-torch, an oracle that shares no code with libtorch 2.10's kernels or ours.
/// </summary>
[Collection(TensorFixture.Collection)]
public sealed class PythonTorchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonTorchTheory]
    [InlineData("prelu", true)]
    [InlineData("prelu", false)]
    [InlineData("relu", true)]
    public void Logits_loss_moments_and_every_gradient_are_those_of_python_torch(string activation, bool isPortable)
    {
        using DisposeScope scope = NewDisposeScope();
        using var network = new FlatNetwork(new FlatNetworkShape(43, [64, 33], 4, 0, true, activation), 5, isPortable);
        random.manual_seed(1);
        (Tensor x, Tensor target, Tensor weight) = (randn(250, 43), randint(0, 4, 250), rand(250));
        Write("in.pt", [.. TensorState.Of(network), ("x", x), ("target", target), ("weight", weight)]);

        Tensor logits = network.call(new([new(new(InputShape.Tau, 43), x.data<float>().ToArray())], 250, CPU)),
            loss = nn.functional.cross_entropy(logits, target, reduction: nn.Reduction.None).mul(weight).sum().div(250);
        loss.backward();

        ProcessOutcome end = ProcessRunner.Run(
            new ProcessRequest(
                "/usr/bin/python3",
                [Path.Combine(TensorFixture.Data, "forward_backward.py"), _folder.At("in.pt"), _folder.At("out.pt")]),
            CancellationToken.None);
        end.ExitCode.ShouldBe(0);
        using FileStream file = File.OpenRead(_folder.At("out.pt"));
        TorchFile theirs = TorchFile.Read(file);
        (string Name, Tensor Value)[] ours =
        [
            ("logits", logits),
            ("loss", loss),
            .. TensorState.Of(network).Where(one => one.Name.Contains("running")),
            .. network.named_parameters().Select(one => ($"{one.name}.grad", one.parameter.grad!)),
        ];
        theirs.Tensors.Select(one => one.Name).ShouldBe(ours.Select(one => one.Name), ignoreOrder: true);
        foreach ((string name, Tensor value) in ours)
            StoredTensor.From(name, value).ToFloats().ShouldBe(theirs.Find(name).ToFloats(), 1e-5f, name);
    }

    private void Write(string file, IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using FileStream to = File.Create(_folder.At(file));
        new TorchFile([.. tensors.Select(one => StoredTensor.From(one.Name, one.Value))], new Dictionary<string, string>()).Write(to);
    }
}

/// <summary>A theory that needs python3-torch; counted as skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonTorchTheoryAttribute : TheoryAttribute
{
    public PythonTorchTheoryAttribute() =>
        Skip = Directory.Exists("/usr/lib/python3/dist-packages/torch") ? null : "python3-torch is not installed";
}
