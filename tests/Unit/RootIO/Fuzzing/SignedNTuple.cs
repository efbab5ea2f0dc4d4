using System.Buffers.Binary;
using System.IO.Hashing;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>
/// A copy of an RNTuple file whose header, footer and page lists stand unpacked behind its end, each with the checksum of what it then
/// holds: so that changes of them reach the reader's checks of every length and number, and not only that of the checksum.
/// </summary>
internal sealed class SignedNTuple
{
    private const int AnchorHead = 6, VersionBytes = 8, FieldBytes = 64, LinkBytes = 20, HeaderChecksumAt = 8;
    private readonly byte[] _whole;
    private readonly int _anchor;
    private readonly byte[][] _linkBytes;
    private readonly List<byte> _pages = [];
    private int[] _links;

    public SignedNTuple(string path)
    {
        _whole = File.ReadAllBytes(path);
        using var bytes = new FileBytes(path);
        using RootFile file = RootFile.Open(path);
        RootKey key = NTuples.KeyOf(file);
        var records = new RecordReader(bytes);
        var anchor = NTupleAnchor.Read(records.Payload(key.Key, key.Key.Offset, key.Path), records.At(key.Key.Offset, key.Path));
        var schema = NTupleSchema.Read(bytes, anchor, key.Path);
        _anchor = (int)key.Key.Offset + key.Key.KeyBytes + AnchorHead;
        Header = Envelope.Read(bytes, anchor.Header, Envelope.Header, key.Path).Payload;
        Footer = Envelope.Read(bytes, anchor.Footer, Envelope.Footer, key.Path).Payload;
        PageLists = [.. schema.Groups.Select(group => Envelope.Read(bytes, group.PageList, Envelope.PageList, key.Path).Payload)];
        Clusters = NTuplePlaces.Clusters(bytes, schema, schema.Groups[0], key.Path);
        _linkBytes = [.. schema.Groups.Select(group => Link(group.PageList.Length, group.PageList.Locator))];
        _links = [.. _linkBytes.Select(link => Footer.AsSpan().IndexOf(link))];
    }

    public byte[] Header { get; }

    public byte[] Footer { get; private set; }

    public byte[][] PageLists { get; }

    /// <summary>The clusters of the first group.</summary>
    public IReadOnlyList<NTupleCluster> Clusters { get; }

    /// <summary>The link to the first page list, as the footer holds it.</summary>
    public byte[] FirstLink => _linkBytes[0];

    /// <summary>Adds a page, and tells where it will stand.</summary>
    public NTupleLocator AddPage(byte[] page)
    {
        var locator = new NTupleLocator(_whole.Length + _pages.Count, page.Length);
        _pages.AddRange(page);
        return locator;
    }

    /// <summary>Another footer, which must hold the same links, and another first page list.</summary>
    public void Replace(byte[] footer, byte[] pageList)
    {
        (Footer, PageLists[0]) = (footer, pageList);
        _links = [.. _linkBytes.Select(link => Footer.AsSpan().IndexOf(link))];
    }

    /// <summary>The parts that can be changed, in place: header, footer, page lists.</summary>
    public IReadOnlyList<byte[]> Parts => [Header, Footer, .. PageLists];

    /// <summary>The file with its parts as they are now.</summary>
    public byte[] Bytes()
    {
        List<byte> result = [.. _whole, .. _pages];
        (NTupleLink header, ulong checksum) = Append(result, Envelope.Header, Header);
        if (Footer.Length >= HeaderChecksumAt + 8) BinaryPrimitives.WriteUInt64LittleEndian(Footer.AsSpan(HeaderChecksumAt), checksum);
        for (int i = 0; i < PageLists.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(PageLists[i], checksum);
            (NTupleLink link, _) = Append(result, Envelope.PageList, PageLists[i]);
            Link(link.Length, link.Locator).CopyTo(Footer, _links[i]);
        }
        (NTupleLink footer, _) = Append(result, Envelope.Footer, Footer);
        byte[] bytes = [.. result];
        Span<byte> fields = bytes.AsSpan(_anchor, FieldBytes);
        long[] places =
        [
            header.Locator.Offset,
            header.Locator.Bytes,
            header.Length,
            footer.Locator.Offset,
            footer.Locator.Bytes,
            footer.Length,
        ];
        for (int i = 0; i < places.Length; i++) BinaryPrimitives.WriteInt64BigEndian(fields[(VersionBytes + 8 * i)..], places[i]);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(_anchor + FieldBytes), XxHash3.HashToUInt64(fields));
        return bytes;
    }

    private static (NTupleLink Link, ulong Checksum) Append(List<byte> result, ushort type, byte[] payload)
    {
        int length = payload.Length + 16;
        byte[] envelope = new byte[length];
        BinaryPrimitives.WriteUInt64LittleEndian(envelope, type | (ulong)length << 16);
        payload.CopyTo(envelope, 8);
        ulong checksum = XxHash3.HashToUInt64(envelope.AsSpan(0, length - 8));
        BinaryPrimitives.WriteUInt64LittleEndian(envelope.AsSpan(length - 8), checksum);
        var link = new NTupleLink(length, new NTupleLocator(result.Count, length));
        result.AddRange(envelope);
        return (link, checksum);
    }

    private static byte[] Link(long length, NTupleLocator locator)
    {
        byte[] link = new byte[LinkBytes];
        BinaryPrimitives.WriteInt64LittleEndian(link, length);
        BinaryPrimitives.WriteInt32LittleEndian(link.AsSpan(8), (int)locator.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(link.AsSpan(12), locator.Offset);
        return link;
    }
}
