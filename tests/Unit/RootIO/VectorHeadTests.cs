using System.Buffers.Binary;
using Shouldly;
using TauPipeline.RootIO;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Where entries of vectors begin in a basket without offsets: by the byte counts of their heads (guide section 4.3).</summary>
public sealed class VectorHeadTests
{
    private const uint ByteCountFlag = 0x40000000;

    [Fact]
    public void Byte_counts_lead_from_entry_to_entry() => Offsets(ByteCountFlag | 10, ByteCountFlag | 10).ShouldBe([0, 14, 28]);

    // The count leaves out its own four bytes: 24 more follow it here.
    [Theory]
    [InlineData(24, 28)]
    [InlineData(25, 28)]
    [InlineData(27, 28)]
    [InlineData(28, 28)]
    [InlineData(0x3FFFFFFF, 28)]
    [InlineData(0x7FFFFFFF, 28)]
    [InlineData(22, 26)]
    public void A_byte_count_never_leads_past_the_end(uint first, int expected) =>
        Offsets(ByteCountFlag | first, 0).ShouldBe([0, expected, 28]);

    [Fact]
    public void Entries_after_the_end_are_empty()
    {
        int[] offsets = new int[4];

        VectorHead.Offsets([0x40, 0, 0], offsets);
        offsets.ShouldBe([0, 3, 3, 3]);

        VectorHead.Offsets([], offsets);
        offsets.ShouldBe([0, 0, 0, 0]);
    }

    // Of two entries in 28 bytes, whose byte counts stand at 0 and 14.
    private static int[] Offsets(uint first, uint second)
    {
        byte[] data = new byte[28];
        BinaryPrimitives.WriteUInt32BigEndian(data, first);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(14), second);
        int[] offsets = new int[3];
        VectorHead.Offsets(data, offsets);
        return offsets;
    }
}
