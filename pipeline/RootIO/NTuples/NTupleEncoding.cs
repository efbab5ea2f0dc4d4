namespace TauPipeline.RootIO;

/// <summary>The codes of column types in an RNTuple (spec section 6).</summary>
internal enum NTupleEncoding
{
    Bit = 0x00,
    Byte = 0x01,
    Char = 0x02,
    Int8 = 0x03,
    UInt8 = 0x04,
    Int16 = 0x05,
    UInt16 = 0x06,
    Int32 = 0x07,
    UInt32 = 0x08,
    Int64 = 0x09,
    UInt64 = 0x0A,
    Real16 = 0x0B,
    Real32 = 0x0C,
    Real64 = 0x0D,
    Index32 = 0x0E,
    Index64 = 0x0F,
    Switch = 0x10,
    SplitInt16 = 0x11,
    SplitUInt16 = 0x12,
    SplitInt32 = 0x13,
    SplitUInt32 = 0x14,
    SplitInt64 = 0x15,
    SplitUInt64 = 0x16,
    SplitReal16 = 0x17,
    SplitReal32 = 0x18,
    SplitReal64 = 0x19,
    SplitIndex32 = 0x1A,
    SplitIndex64 = 0x1B,
    Real32Trunc = 0x1C,
    Real32Quant = 0x1D,
}

/// <summary>What follows from a column's code.</summary>
internal static class NTupleEncodings
{
    public const NTupleEncoding Last = NTupleEncoding.Real32Quant;

    /// <summary>Bits of an element that are possible with this code: all have one size but the two that pack bits.</summary>
    public static (int Fewest, int Most) Bits(NTupleEncoding encoding) => encoding switch
    {
        NTupleEncoding.Bit => (1, 1),
        NTupleEncoding.Byte or NTupleEncoding.Char or NTupleEncoding.Int8 or NTupleEncoding.UInt8 => (8, 8),
        NTupleEncoding.Int16
        or NTupleEncoding.UInt16
        or NTupleEncoding.Real16
        or NTupleEncoding.SplitInt16
        or NTupleEncoding.SplitUInt16
        or NTupleEncoding.SplitReal16 => (16, 16),
        NTupleEncoding.Int64
        or NTupleEncoding.UInt64
        or NTupleEncoding.Real64
        or NTupleEncoding.Index64
        or NTupleEncoding.SplitInt64
        or NTupleEncoding.SplitUInt64
            or NTupleEncoding.SplitReal64 or NTupleEncoding.SplitIndex64 => (64, 64),
        NTupleEncoding.Switch => (96, 96),
        NTupleEncoding.Real32Trunc => (10, 31),
        NTupleEncoding.Real32Quant => (1, 32),
        _ => (32, 32),
    };

    /// <summary>Whether the bytes of all elements are stored first bytes first, then all second bytes, and so on.</summary>
    public static bool IsSplit(NTupleEncoding encoding) => encoding is >= NTupleEncoding.SplitInt16 and <= NTupleEncoding.SplitIndex64;

    /// <summary>Whether elements are ends of collections or texts.</summary>
    public static bool IsIndex(NTupleEncoding encoding) =>
        encoding is NTupleEncoding.Index32 or NTupleEncoding.Index64 or NTupleEncoding.SplitIndex32 or NTupleEncoding.SplitIndex64;
}
