using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace TauPipeline.Onnx;

/// <summary>
/// A graph of operations on float32 tensors, built from its inputs on; the same calls give the same bytes. The first dimension of what
/// goes in and comes out is the number of rows, which is free.
/// </summary>
/// <param name="name">Its name.</param>
public sealed class OnnxGraph(string name)
{
    /// <summary>The set of operators: read by every ONNX Runtime since 1.12.</summary>
    public const int Opset = 17;

    // The format that goes with the set.
    private const int Format = 8;
    private const string Rows = "rows";

    private readonly GraphProto _graph = new() { Name = name };

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Names of its inputs, in order.</summary>
    public IReadOnlyList<string> Inputs => [.. _graph.Input.Select(input => input.Name)];

    /// <summary>Names of its outputs, in order.</summary>
    public IReadOnlyList<string> Outputs => [.. _graph.Output.Select(output => output.Name)];

    /// <summary>An input of rows of this shape.</summary>
    /// <returns>Its name.</returns>
    public string Input(string input, params IReadOnlyList<long> shape)
    {
        _graph.Input.Add(Value(input, shape));
        return input;
    }

    /// <summary>Numbers that are part of the graph, row-major.</summary>
    /// <returns>Its name.</returns>
    public string Constant(string constant, ReadOnlySpan<float> values, params IReadOnlyList<long> shape)
    {
        _graph.Initializer.Add(new TensorProto
        {
            Name = constant,
            DataType = (int)TensorProto.Types.DataType.Float,
            Dims = { shape },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        });
        return constant;
    }

    /// <summary>An operation; its one result has its name.</summary>
    /// <returns>Its name.</returns>
    public string Node(string operation, string result, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        _graph.Node.Add(new NodeProto
        {
            Name = result,
            OpType = operation,
            Input = { inputs },
            Output = { result },
            Attribute = { attributes.Select(attribute => attribute.Stored) },
        });
        return result;
    }

    /// <summary>States that a result of rows of this shape comes out.</summary>
    public void Output(string result, params IReadOnlyList<long> shape) => _graph.Output.Add(Value(result, shape));

    /// <summary>The model file with these texts beside the graph.</summary>
    public byte[] ToBytes(IReadOnlyDictionary<string, string> texts)
    {
        var model = new ModelProto { IrVersion = Format, ProducerName = "TauPipeline", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        foreach ((string key, string text) in texts.OrderBy(text => text.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        return model.ToByteArray();
    }

    private static ValueInfoProto Value(string named, IReadOnlyList<long> shape)
    {
        var dimensions = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = Rows } } };
        foreach (long size in shape) dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new ValueInfoProto
        {
            Name = named,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = dimensions },
            },
        };
    }
}
