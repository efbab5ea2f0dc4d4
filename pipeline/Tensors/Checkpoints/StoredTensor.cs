using System.Runtime.InteropServices;
using TauPipeline.Foundation;
using TorchSharp;
using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>A tensor at rest, outside libtorch: its values row-major and little-endian, float32 or int64.</summary>
public sealed record StoredTensor(string Name, ScalarType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes of one value.</summary>
    public static int SizeOf(ScalarType type) => type == ScalarType.Int64 ? sizeof(long) : sizeof(float);

    /// <summary>A copy of a tensor's values under a name.</summary>
    public static StoredTensor From(string name, Tensor tensor)
    {
        using DisposeScope scope = NewDisposeScope();
        return new(name, tensor.dtype, [.. tensor.shape], tensor.detach().cpu().contiguous().bytes.ToArray());
    }

    /// <summary>The values of a float32 tensor.</summary>
    /// <exception cref="Defect">It is not of float32.</exception>
    public float[] ToFloats() =>
        Type == ScalarType.Float32
            ? MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray()
            : throw TensorErrors.Type(Type, ScalarType.Float32);

    /// <summary>The values of an int64 tensor.</summary>
    /// <exception cref="Defect">It is not of int64.</exception>
    public long[] ToLongs() =>
        Type == ScalarType.Int64 ? MemoryMarshal.Cast<byte, long>(Bytes.Span).ToArray() : throw TensorErrors.Type(Type, ScalarType.Int64);

    /// <summary>Gives these values to a tensor of the same type and shape.</summary>
    /// <exception cref="StepFailed">Its shape is another one.</exception>
    public void CopyTo(Tensor tensor)
    {
        if (!tensor.shape.SequenceEqual(Shape)) throw TensorErrors.OtherState(Name, tensor.shape, Shape);
        if (tensor.dtype != Type) throw TensorErrors.Type(Type, tensor.dtype);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        Tensor values = empty([.. Shape], Type);
        Bytes.Span.CopyTo(values.bytes);
        tensor.copy_(values);
    }
}
