using TauPipeline.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TauPipeline.Learning;

/// <summary>What one block of a <see cref="LayerStack"/> does, but for the dropout.</summary>
internal sealed record DenseBlock(Func<Tensor, Tensor> Dense, BatchNorm1d? Norm, Module<Tensor, Tensor> Activation);

/// <summary>Makes the layers of a network and keeps them under their names, in the order of making.</summary>
internal sealed class NetworkParts(bool isPortable)
{
    private readonly List<(string Name, Module Part)> _all = [];

    /// <summary>All layers made.</summary>
    public IReadOnlyList<(string Name, Module Part)> All => _all;

    /// <summary>A dense layer on rows or cells before an activation, or with Glorot's weights for an output; biases zero.</summary>
    public Func<Tensor, Tensor> Dense(string name, int inputs, int outputs, bool isOutput = false, string activation = "relu")
    {
        Linear dense = Add(name, Linear(inputs, outputs));
        Begin(dense.weight, dense.bias!, isOutput ? null : activation);
        return input => isPortable ? PortableLinear.linear(input, dense.weight, dense.bias) : dense.call(input);
    }

    /// <summary>Learned points of a width, as Glorot's weights begin.</summary>
    public Tensor Points(string name, int count, int width)
    {
        Embedding points = Add(name, Embedding(count, width));
        using IDisposable none = no_grad();
        init.xavier_uniform_(points.weight!);
        return points.weight!;
    }

    /// <summary>The blocks of a stack, whose dense layers are called <c>dense</c> on rows and <c>conv</c> on cells.</summary>
    public IReadOnlyList<DenseBlock> Blocks(string prefix, string dense, int inputs, LayerStack stack)
    {
        var blocks = new List<DenseBlock>();
        foreach (int width in stack.Widths)
        {
            int number = blocks.Count + 1;
            blocks.Add(new(
                Dense($"{prefix}_{dense}_{number}", inputs, width, activation: stack.Activation),
                stack.HasNorm ? Norm($"{prefix}_norm_{number}", width) : null,
                Activation($"{prefix}_activation_{number}", stack.Activation, width)));
            inputs = width;
        }
        return blocks;
    }

    /// <summary>A convolution without padding before an activation.</summary>
    public Func<Tensor, Tensor> Window(string name, int inputs, GridStep step, string activation)
    {
        Conv2d convolution = Add(name, Conv2d(inputs, step.Filters, step.Window));
        Begin(convolution.weight, convolution.bias!, activation);
        return grids => SafeConvolution.conv2d(grids, convolution.weight, convolution.bias!);
    }

    /// <summary>Batch normalisation of rows.</summary>
    public BatchNorm1d Norm(string name, int width, double momentum = GridNetworkShape.Momentum) =>
        Add(name, BatchNorm1d(width, GridNetworkShape.Epsilon, momentum));

    /// <summary>Batch normalisation of grids.</summary>
    public BatchNorm2d GridNorm(string name, int width) =>
        Add(name, BatchNorm2d(width, GridNetworkShape.Epsilon, GridNetworkShape.Momentum));

    /// <summary>An activation; a learned slope is one for each channel and begins at 0.</summary>
    public Module<Tensor, Tensor> Activation(string name, string activation, int width) => Add(name, activation switch
    {
        "prelu" => PReLU(width, 0),
        "relu" => ReLU(),
        "elu" => new SafeElu(),
        LayerStack.Selu => new SafeElu(SafeElu.SeluAlpha, SafeElu.SeluScale),
        _ => (Module<Tensor, Tensor>)Tanh(),
    });

    private T Add<T>(string name, T part) where T : Module
    {
        _all.Add((name, part));
        return part;
    }

    private static void Begin(Parameter weight, Parameter bias, string? activation)
    {
        using IDisposable none = no_grad();
        if (activation is null) FirstWeights.OfOutput(weight);
        else FirstWeights.Before(activation, weight);
        bias.zero_();
    }
}
