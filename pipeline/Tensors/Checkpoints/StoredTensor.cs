using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>A tensor at rest, outside libtorch: its values row-major and little-endian.</summary>
public sealed record StoredTensor(string Name, TensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes of one value.</summary>
    public static int SizeOf(TensorType type) => type == TensorType.Int64 ? sizeof(long) : sizeof(float);

    /// <summary>A copy of a tensor's values under a name.</summary>
    public static StoredTensor From(string name, Tensor tensor)
    {
        byte[] bytes = tensor.Type == TensorType.Int64 ? MemoryMarshal.AsBytes<long>(tensor.ToLongs()).ToArray() : MemoryMarshal.AsBytes<float>(tensor.ToFloats()).ToArray();
        return new(name, tensor.Type, tensor.Shape, bytes);
    }

    /// <summary>The values of a float32 tensor.</summary>
    /// <exception cref="Defect">It is not of float32.</exception>
    public float[] ToFloats() => Type == TensorType.Float32 ? MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray() : throw TensorErrors.Type(Type, TensorType.Float32);

    /// <summary>The values of an int64 tensor.</summary>
    /// <exception cref="Defect">It is not of int64.</exception>
    public long[] ToLongs() => Type == TensorType.Int64 ? MemoryMarshal.Cast<byte, long>(Bytes.Span).ToArray() : throw TensorErrors.Type(Type, TensorType.Int64);

    /// <summary>Gives these values to a float32 tensor of the same shape.</summary>
    /// <exception cref="Defect">Its shape is another one.</exception>
    public void CopyTo(Tensor tensor)
    {
        if (!tensor.Shape.SequenceEqual(Shape)) throw TensorErrors.OtherState(Name, $"[{string.Join(", ", tensor.Shape)}]", $"[{string.Join(", ", Shape)}]");
        using var scope = new TensorScope();
        using NoGrad none = NoGrad.Begin();
        tensor.copy_(Tensor.From(ToFloats(), [.. Shape]));
    }
}
