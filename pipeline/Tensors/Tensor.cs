using System.Runtime.InteropServices;
using TauPipeline.Foundation;

namespace TauPipeline.Tensors;

/// <summary>What a tensor is made of.</summary>
public enum TensorType
{
    /// <summary>32-bit floating point.</summary>
    Float32,
    /// <summary>64-bit integer.</summary>
    Int64,
}

/// <summary>
/// A tensor of libtorch, under torch's own names (pytorch.org/docs/1.13). Its memory lies outside .NET: a tensor made
/// within a <see cref="TensorScope"/> is freed when that ends, any other by <c>Dispose</c>.
/// </summary>
public sealed partial class Tensor : SafeHandle
{
    private Tensor(nint handle) : base(0, ownsHandle: true)
    {
        SetHandle(handle);
        TensorScope.Adopt(this);
    }

    /// <summary>A tensor of these numbers, row-major.</summary>
    /// <exception cref="Defect">The shape has another number of values.</exception>
    public static Tensor From(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => From(MemoryMarshal.AsBytes(values), values.Length, TensorType.Float32, shape);

    /// <summary>A tensor of these integers, row-major.</summary>
    /// <exception cref="Defect">The shape has another number of values.</exception>
    public static Tensor From(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) => From(MemoryMarshal.AsBytes(values), values.Length, TensorType.Int64, shape);

    /// <summary>The length of each dimension.</summary>
    public IReadOnlyList<long> Shape
    {
        get
        {
            Shim.Check(Shim.tau_dim(this, out long dim));
            var shape = new long[dim];
            for (long d = 0; d < dim; d++) Shim.Check(Shim.tau_size(this, d, out shape[d]));
            return shape;
        }
    }

    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (count, size) => count * size);

    /// <summary>What the tensor is made of.</summary>
    public TensorType Type
    {
        get
        {
            Shim.Check(Shim.tau_type(this, out TensorType type));
            return type;
        }
    }

    /// <summary>All values, row-major.</summary>
    /// <exception cref="Defect">The tensor is not of float32.</exception>
    public float[] ToFloats()
    {
        var values = new float[Count];
        CopyTo(values, TensorType.Float32);
        return values;
    }

    /// <summary>All values, row-major.</summary>
    /// <exception cref="Defect">The tensor is not of int64.</exception>
    public long[] ToLongs()
    {
        var values = new long[Count];
        CopyTo(values, TensorType.Int64);
        return values;
    }

    /// <summary>The value of a tensor of one float32.</summary>
    public float item()
    {
        Span<float> one = stackalloc float[1];
        CopyTo(one, TensorType.Float32);
        return one[0];
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Shim.tau_free(handle);
        return true;
    }

    private static unsafe Tensor From(ReadOnlySpan<byte> bytes, long count, TensorType type, ReadOnlySpan<long> shape)
    {
        long wanted = 1;
        foreach (long size in shape) wanted = checked(wanted * size);
        if (wanted != count) throw TensorErrors.Shape(shape.ToArray(), count);
        TensorLibrary.RequireLoaded();
        fixed (byte* numbers = bytes)
        fixed (long* sizes = shape)
        {
            Shim.Check(Shim.tau_from_blob(numbers, sizes, shape.Length, type, out nint made));
            return new(made);
        }
    }

    private unsafe void CopyTo<T>(Span<T> values, TensorType type) where T : unmanaged
    {
        if (Type != type) throw TensorErrors.Type(Type, type);
        fixed (T* to = values) Shim.Check(Shim.tau_copy_out(this, to, (long)values.Length * sizeof(T)));
    }

    private static Tensor Made(int outcome, nint handle)
    {
        Shim.Check(outcome);
        return new(handle);
    }
}
