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

/// <summary>Networks on lists beside python3-torch with the same weights, on lists that are filled up and masked.</summary>
[Collection(TensorFixture.Collection)]
public sealed class SetTorchTests : IDisposable
{
    private const int Rows = 60;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, bool> Kinds
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (string kind in SetNetworkTests.Shapes.Keys)
                foreach (bool isPortable in (bool[])[true, false]) all.Add(kind, isPortable);
            return all;
        }
    }

    public void Dispose() => _folder.Dispose();

    [PythonTorchTheory]
    [MemberData(nameof(Kinds))]
    public void Logits_moments_and_every_gradient_are_those_of_python_torch(string kind, bool isPortable)
    {
        using DisposeScope scope = NewDisposeScope();
        SetNetworkShape shape = SetNetworkTests.Shapes[kind];
        using var network = new SetNetwork(shape, 5, isPortable);
        SetNetworkTests.Stir(network);
        TrainingBatch batch = SetSamples.Rows(shape, Rows, 2);
        File.WriteAllText(_folder.At("shape.json"), JsonSerializer.Serialize<NetworkShape>(shape, ModelText.Options));

        network.eval();
        Tensor evaluated = network.call(new NetworkInputs(batch.Inputs, Rows, CPU));
        (string, Tensor)[] state = [.. TensorState.Of(network).Select(one => (one.Name, one.Value.clone()))];
        network.train();
        Tensor logits = network.call(new NetworkInputs(batch.Inputs, Rows, CPU));
        Tensor pull = randn_like(logits).div(Rows);
        Write([.. state, ("pull", pull), .. batch.Inputs.SelectMany(Dense)]);
        logits.backward([pull]);

        ProcessRunner.Run(
            new ProcessRequest(
                "/usr/bin/python3",
                [Path.Combine(TensorFixture.Data, "padded_sets.py"), _folder.At("shape.json"), _folder.At("in.pt"), _folder.At("out.pt")]),
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

    // (rows, features); of a list (rows, most objects, features), with what is no object's far away, and how many there are.
    private static IEnumerable<(string, Tensor)> Dense(InputRows input)
    {
        InputShape shape = input.Shape;
        if (!shape.IsList) return [($"x.{shape.Name}", tensor(input.Values, [Rows, shape.Features]))];
        var dense = new float[Rows * shape.Most * shape.Features];
        Array.Fill(dense, -999);
        var counts = new float[Rows];
        for (int row = 0; row < Rows; row++)
        {
            int first = input.Offsets[row], count = input.Offsets[row + 1] - first;
            counts[row] = count;
            input.Values.AsSpan(first * shape.Features, count * shape.Features).CopyTo(dense.AsSpan(row * shape.Most * shape.Features));
        }
        return [($"x.{shape.Name}", tensor(dense, [Rows, shape.Most, shape.Features])), ($"n.{shape.Name}", tensor(counts))];
    }

    private void Write(IEnumerable<(string Name, Tensor Value)> tensors)
    {
        using FileStream to = File.Create(_folder.At("in.pt"));
        new TorchFile([.. tensors.Select(one => StoredTensor.From(one.Name, one.Value))], new Dictionary<string, string>()).Write(to);
    }
}
