using System.IO.Hashing;

namespace TauPipeline.RootIO;

/// <summary>The object of class ROOT::RNTuple: where header and footer stand. The one big-endian part (spec section 6).</summary>
internal sealed record NTupleAnchor(string Version, NTupleLink Header, NTupleLink Footer)
{
    public const string ClassName = "ROOT::RNTuple";
    private const int Epoch = 1, FieldBytes = 64;

    public static NTupleAnchor Read(ReadOnlySpan<byte> payload, Place place)
    {
        var reader = new RootReader(payload, place);
        reader.Header();
        int start = reader.Position;
        ushort epoch = reader.U16();
        string version = $"{epoch}.{reader.U16()}.{reader.U16()}.{reader.U16()}";
        if (epoch != Epoch)
            throw RootErrors.OtherVersion(place, "RNTuple", epoch, $"{Epoch} (files of releases before ROOT 6.34 were experimental)");
        NTupleLink header = Link(ref reader), footer = Link(ref reader);
        reader.Skip(8); // largest size of a key: pages and envelopes beyond it would be in several
        if ((ulong)reader.I64() != XxHash3.HashToUInt64(payload.Slice(start, FieldBytes))) throw NTupleErrors.Checksum(place, "an anchor");
        return new NTupleAnchor(version, header, footer);
    }

    private static NTupleLink Link(ref RootReader reader)
    {
        long offset = reader.I64(), bytes = reader.I64(), length = reader.I64();
        if (offset < 0 || bytes < 0 || length < 0)
            throw RootErrors.Damaged(reader.Place, "an anchor", "positions and sizes from 0", $"{bytes} bytes at {offset} for {length}");
        return new NTupleLink(length, new NTupleLocator(offset, bytes));
    }
}
