using static TorchSharp.torch;

namespace TauPipeline.Tensors;

/// <summary>The opcodes of pickle that tensors need (names after Python's pickletools), and how torch names storages.</summary>
internal static class Pickle
{
    public const byte Protocol = 0x80, Mark = (byte)'(', Stop = (byte)'.', Global = (byte)'c', Reduce = (byte)'R', Build = (byte)'b';
    public const byte PersistentId = (byte)'Q', None = (byte)'N', True = 0x88, False = 0x89;
    public const byte Int8 = (byte)'K', Int16 = (byte)'M', Int32 = (byte)'J', Long = 0x8a, Unicode = (byte)'X';
    public const byte EmptyTuple = (byte)')', Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87, Tuple = (byte)'t';
    public const byte EmptyDictionary = (byte)'}', SetItem = (byte)'s', SetItems = (byte)'u', EmptyList = (byte)']';
    public const byte Put = (byte)'q', LongPut = (byte)'r', Get = (byte)'h', LongGet = (byte)'j';

    public static string StorageOf(ScalarType type) => type == ScalarType.Int64 ? "LongStorage" : "FloatStorage";

    /// <summary>Steps of a row-major tensor of this shape.</summary>
    public static long[] Strides(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        long step = 1;
        for (int d = shape.Count - 1; d >= 0; d--)
        {
            strides[d] = step;
            step *= Math.Max(shape[d], 1);
        }
        return strides;
    }
}
