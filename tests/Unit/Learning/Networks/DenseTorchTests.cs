using System.Text.Json;
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

/// <summary>The grid network beside a dense one of python3-torch with the same weights, over all cells.</summary>
[Collection(TensorFixture.Collection)]
public sealed class DenseTorchTests : IDisposable
{
    private const int Rows = 60;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonTorchTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Logits_moments_and_every_gradient_are_those_of_the_dense_network_of_python_torch(bool isPortable)
    {
        using DisposeScope scope = NewDisposeScope();
        GridNetworkShape shape = GridSamples.Tiny(EmptyGridCells.Constant);
        using var network = new GridNetwork(shape, 5, isPortable);
        GridNetworkTests.Stir(network);
        TrainingBatch batch = GridSamples.Rows(shape, Rows, 2, most: 20);
        File.WriteAllText(_folder.At("shape.json"), JsonSerializer.Serialize<NetworkShape>(shape, ModelText.Options));

        network.eval();
        Tensor evaluated = network.call(new NetworkInputs(batch.Inputs, Rows, CPU));
        (string, Tensor)[] state = [.. TensorState.Of(network).Select(one => (one.Name, one.Value.clone()))];
        network.train();
        Tensor logits = network.call(new NetworkInputs(batch.Inputs, Rows, CPU));
        Tensor pull = logits.detach().softmax(1).sub(nn.functional.one_hot(tensor(batch.Labels).to(int64), 4)).div(Rows);
        Write([.. state, ("pull", pull), .. batch.Inputs.Select(input => ($"x.{input.Shape.Name}", Dense(input)))]);
        logits.backward([pull]);

        ProcessRunner.Run(
            new ProcessRequest(
                "/usr/bin/python3",
                [Path.Combine(TensorFixture.Data, "dense_grids.py"), _folder.At("shape.json"), _folder.At("in.pt"), _folder.At("out.pt")]),
            CancellationToken.None).ExitCode.ShouldBe(0);
        using FileStream file = File.OpenRead(_folder.At("out.pt"));
        TorchFile theirs = TorchFile.Read(file);
        (string Name, Tensor Value)[] ours =
        [
            ("logits in evaluation", evaluated),
            ("logits", logits),
            .. TensorState.Of(network).Where(one => one.Name.Contains("running", StringComparison.Ordinal)),
            .. network.named_parameters().Select(one => ($"{one.name}.grad", one.parameter.grad!)),
        ];
        theirs.Tensors.Select(one => one.Name).ShouldBe(ours.Select(one => one.Name), ignoreOrder: true);
        foreach ((string name, Tensor value) in ours)
            StoredTensor.From(name, value).ToFloats().ShouldBe(theirs.Find(name).ToFloats(), 1e-5f, name);
    }

    // (rows, features, eta, phi), zero where nothing is; of an input that is no grid (rows, features).
    private static Tensor Dense(InputRows input)
    {
        InputShape shape = input.Shape;
        if (!shape.IsGrid) return tensor(input.Values, [Rows, shape.Features]);
        var dense = new float[Rows * shape.Features * shape.Cells];
        for (int row = 0; row < Rows; row++)
            for (int at = input.Offsets[row]; at < input.Offsets[row + 1]; at++)
                for (int i = 0; i < shape.Features; i++)
                    dense[(row * shape.Features + i) * shape.Cells + input.Cells[at]] = input.Values[at * shape.Features + i];
        return tensor(dense, [Rows, shape.Features, shape.EtaCells, shape.PhiCells]);
    }

    private void Write(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using FileStream to = File.Create(_folder.At("in.pt"));
        new TorchFile([.. tensors.Select(one => StoredTensor.From(one.Name, one.Value))], new Dictionary<string, string>()).Write(to);
    }
}
