using Onnx;

namespace TauPipeline.Onnx;

/// <summary>What an operation is told beside its inputs: a whole number, or several.</summary>
public sealed record OnnxAttribute
{
    private OnnxAttribute(string name, IReadOnlyList<long> values, bool isList) => (Name, Values, IsList) = (name, values, isList);

    /// <summary>Its name in ONNX' list of operators.</summary>
    public string Name { get; }

    private IReadOnlyList<long> Values { get; }

    private bool IsList { get; }

    /// <summary>One number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, [value], false);

    /// <summary>Several numbers.</summary>
    public static OnnxAttribute Of(string name, params IReadOnlyList<long> values) => new(name, values, true);

    internal AttributeProto Stored => IsList
        ? new() { Name = Name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { Values } }
        : new() { Name = Name, Type = AttributeProto.Types.AttributeType.Int, I = Values[0] };
}
